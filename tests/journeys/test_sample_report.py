"""The committed sample report is what the demo writes today."""

import json
import re

import pytest

import verifier
from tests.places import ROOT
from verifier import samples
from verifier.cli.commands.demo import DEFECTS

SAMPLE = ROOT / "reports" / "sample"
MEND = "run 'make demo' with --output reports/sample, look at it, and commit it"


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "run"
    return verifier.evaluate(samples.vendor(), mock=True, misbehave=DEFECTS, folder=folder)


def steady(results):
    """The results without what differs from run to run: times, ids, addresses, evidence."""
    findings = {
        (f["fingerprint"], f["check"], f["severity"], f["level"], f["operation"])
        for f in results["findings"]
    }
    outcomes = {(o["check"], o["subject"], o["status"]) for o in results["outcomes"]}
    answers = [(q["question"], q["answer"], q["standing"]) for q in results["questions"]]
    verdict = results["verdict"]
    return findings, outcomes, answers, verdict["ruling"], verdict["grade"]["letter"]


def test_the_sample_says_what_the_demo_finds(evaluation):
    committed = json.loads((SAMPLE / "results.json").read_bytes())
    today = json.loads(evaluation.files["json"].read_bytes())
    assert steady(committed) == steady(today), MEND


def headings(page):
    return re.findall(r"<h[1-4][^>]*>(.*?)</h", page, re.DOTALL)


def test_the_sample_page_has_the_chapters_of_todays_page(evaluation):
    committed = headings((SAMPLE / "index.html").read_text())
    today = headings(evaluation.files["html"].read_text())
    assert committed[:12] == today[:12], MEND


def test_the_sample_vendor_without_defects_is_clean(tmp_path):
    sound = verifier.evaluate(
        samples.vendor(), mock=True, formats=("json",), folder=tmp_path / "run"
    )
    failed = [o for o in sound.run.outcomes if o.status.value in ("fail", "errored", "warning")]
    assert failed == []
