"""The committed sample report is what the demo finds today."""

import json
import re
from collections import Counter

import pytest

import verifier
from tests.places import ROOT
from verifier.cli.commands.demo import DEFECTS
from verifier.runs import samples

SAMPLE = ROOT / "reports" / "sample"
MEND = "The demo finds something else today: run 'make sample', look at it, and commit it."


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "run"
    return verifier.evaluate(samples.vendor(), mock=True, misbehave=DEFECTS, folder=folder)


@pytest.fixture(scope="module")
def today(evaluation):
    return json.loads(evaluation.files["json"].read_bytes())


@pytest.fixture(scope="module")
def committed():
    return json.loads((SAMPLE / "results.json").read_bytes())


def findings(results):
    """What was found where; not its sentence, which holds values that a run draws."""
    return {
        (f["check"], f["level"], f["severity"], place["operation"], place["fingerprint"])
        for f in results["findings"]
        for place in f["places"]
    }


def verdict(results):
    found, grade = results["verdict"], results["verdict"]["grade"]
    conditions = [condition["fingerprint"] for condition in found["conditions"]]
    caps = [(cap["letter"], cap["because"]) for cap in grade["caps"]]
    return found["ruling"], grade["letter"], grade["uncapped"], conditions, caps


def test_the_sample_finds_what_the_demo_finds(committed, today):
    assert findings(committed) == findings(today), MEND


def test_the_sample_has_the_demos_verdict(committed, today):
    assert verdict(committed) == verdict(today), MEND


def test_the_sample_gives_the_demos_answers(committed, today):
    def answers(results):
        return [(q["question"], q["answer"], q["standing"]) for q in results["questions"]]

    assert answers(committed) == answers(today), MEND


def test_the_sample_has_the_demos_outcomes(committed, today):
    def outcomes(results):
        return Counter((o["check"], o["status"]) for o in results["outcomes"])

    assert outcomes(committed) == outcomes(today), MEND


def test_the_sample_page_has_the_parts_of_todays_page(evaluation):
    def parts(page):
        ids = re.findall(r'<(?:section|article|figure)[^>]* id="([^"]+)"', page)
        return ids, re.findall(r"<style>.*?</style>", page, re.DOTALL)

    page = (SAMPLE / "index.html").read_text()
    assert parts(page) == parts(evaluation.files["html"].read_text()), MEND


def test_the_sample_names_no_folder_of_the_machine_that_made_it():
    texts = [path.read_text() for path in SAMPLE.iterdir()]
    assert [text[:80] for text in texts if re.search(r"/(tmp|home|root|work|Users)/", text)] == []


def test_the_sample_tells_an_engineer_how_the_vendor_speaks(today):
    told = {d["kind"]: {a["name"]: a for a in d["axes"]} for d in today["dialects"]}
    assert list(told) == ["idempotency", "limits", "pagination", "webhooks", "errors"]
    assert told["idempotency"]["mismatch"]["value"] == "refused with 422"
    assert told["idempotency"]["lifetime"]["value"] == "24 hours"
    assert told["limits"]["refusal"]["value"] == "429"
    assert told["webhooks"]["retry"]["value"] == "after 5 s"
    assert all(d["duties"] for d in today["dialects"])


def test_the_sample_vendor_without_defects_is_clean(tmp_path):
    sound = verifier.evaluate(
        samples.vendor(), mock=True, formats=("json",), folder=tmp_path / "run"
    )
    failed = [o for o in sound.run.outcomes if o.status.value in ("fail", "errored", "warning")]
    assert failed == []
    assert sound.verdict.conditions == ()
