"""Files beside a vendor, held against their rules: what is sound gives not a word."""

import datetime
import shutil

import pytest

from tests.places import ROOT
from verifier.errors import DocumentError
from verifier.jobs.linting import lint

TODAY = datetime.date(2026, 11, 27)
WAIVER = """
findings:
  - {check: failure.nothing-leaks, reason: accepted-risk, owner: ada, until: 2026-11-26}
"""
WRONG = {
    "openapi.yaml": ("openapi: [", "The YAML is broken"),
    "vendor.yaml": ("principals: {me: {kind: bearer, token: s3cr3t}}", "must not hold the secret"),
    "waivers.yaml": (WAIVER, "was over on 2026-11-26"),
    "baseline.json": ("{}", "no baseline"),
    "a.arazzo.yaml": ("arazzo: 1.0.0", "a.arazzo.yaml"),
    "a.mapping.yaml": ("mapping: 1", "a.mapping.yaml"),
}


def linted(path):
    return list(lint(path, today=TODAY))


@pytest.mark.parametrize("pattern", ["specs/*/*.yaml", "scenarios/acme-crm/*.mapping.yaml"])
def test_our_own_files_are_without_a_flaw(pattern):
    assert [message for path in ROOT.glob(pattern) for message in linted(path)] == []


def test_a_scenario_of_ours_is_without_a_flaw():
    assert linted(ROOT / "scenarios/acme-billing/limits.arazzo.yaml") == []


def test_a_file_that_is_not_there_is_no_flaw_but_a_slip(tmp_path):
    with pytest.raises(DocumentError, match="There is no such file"):
        lint(tmp_path / "none.yaml", today=TODAY)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place(name, tmp_path):
    text, says = WRONG[name]
    path = tmp_path / name
    path.write_text(text)
    found = "\n".join(linted(path))
    assert says in found
    assert "s3cr3t" not in found


def test_a_scenario_that_asks_for_what_is_not_there_is_flawed(tmp_path):
    shutil.copytree(ROOT / "specs/acme-billing", tmp_path / "specs/acme-billing")
    folder = tmp_path / "scenarios/acme-billing"
    folder.mkdir(parents=True)
    text = (ROOT / "scenarios/acme-billing/limits.arazzo.yaml").read_text()
    path = folder / "limits.arazzo.yaml"
    path.write_text(text.replace("operationId: ", "operationId: no"))
    assert linted(path)
