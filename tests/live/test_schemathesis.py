"""
Schemathesis' own command finds nothing at a sound mock, but for what it cannot know.

It takes every request that obeys the schemas for one that must succeed. A key that was used with
another request, a version that is not the present one and an id of nothing obey the schemas, too,
and are refused by answers that the document knows. And an id of '.' never arrives: its HTTP client
takes such a segment out of the path, and asks for something else (405).
"""

import functools
import re
import subprocess
import sys
from pathlib import Path

import pytest

import verifier
from tests.mocking.directing import SAMPLE

pytestmark = [pytest.mark.live]
WITHIN_SECONDS = 600
# What it reports as 'ST202 Schema-valid request rejected', by the code of the refusal.
UNKNOWABLE = {
    "idempotency_key_reused",
    "stale",
    "unknown_reference",
    "already_exists",
    "method_not_allowed",
}
FINDING = re.compile(r"^- (ST\d+)(.*?)(?=^- ST\d+|^\d+\. Test Case|^_{4}|^={4})", re.M | re.S)


def findings(document, header, *arguments):
    """Code of a finding and code of the answer that it is about, of a run with writes."""
    with verifier.mock(document, strict=False) as mock:
        command = [
            str(Path(sys.executable).parent / "schemathesis"),
            *("run", str(document), "--url", mock.url, "--no-color", "--seed", "1"),
            *("--header", f"Authorization: {header(mock.secrets['full'])}", *arguments),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN_SECONDS)
    assert " generated" in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]
    for code, told in FINDING.findall(done.stdout):
        answered = re.search(r'"code":"(\w+)"', told)
        yield code, answered[1] if answered else ""


def bearer(secrets):
    return f"Bearer {secrets['token']}"


def test_it_finds_nothing_at_the_mock_of_the_sample_vendor():
    found = list(findings(SAMPLE, bearer, "--max-examples", "8"))
    assert [one for one in found if one[0] != "ST202" or one[1] not in UNKNOWABLE] == []


def test_it_finds_what_a_mock_does_wrong(monkeypatch):
    wrong = functools.partial(verifier.mock, misbehave=["number-as-string", "undocumented-status"])
    monkeypatch.setattr(verifier, "mock", wrong)
    found = {code for code, _ in findings(SAMPLE, bearer, "--max-examples", "3")}
    assert found - {"ST202"}
