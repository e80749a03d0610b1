"""
Schemathesis' own command, with writes, finds nothing at sound mocks but what is not so.

What it finds is shown, failure by failure, to be its mistake or the document's silence
(``tests/live/mistaken.py``); a single one that is neither fails.
"""

import re

import pytest

from tests.live.fuzzing import failures
from tests.live.mistaken import KINDS, kind_of
from tests.mocking.directing import SAMPLE
from tests.places import CORPUS, ROOT, needs_corpus

pytestmark = [pytest.mark.live]
PAGE = ROOT / "docs" / "reference" / "schemathesis.md"
CORPUS_VENDORS = (
    "xero/projects-2026-07-13.yaml",
    "resend/2026-08-21.yaml",
    "twilio/verify_v2-2026-04-14.json",
    "paypal/subscriptions-v1-2024-02-03.json",
)


def unexplained(document, folder, examples):
    """The failures that are of no known kind."""
    found = failures(document, folder, "--max-examples", examples)
    return [str(one) for one in found if not kind_of(one)]


def test_it_finds_nothing_true_at_the_mock_of_the_sample_vendor(tmp_path):
    assert unexplained(SAMPLE, tmp_path, "8") == []


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("name", CORPUS_VENDORS)
def test_it_finds_nothing_true_at_the_mock_of_a_real_document(name, tmp_path):
    assert unexplained(CORPUS / name, tmp_path, "8") == []


@pytest.mark.parametrize(
    "misbehaviour",
    ["number-as-string", "undocumented-status", "validation-as-500", "wrong-media-type"],
)
def test_what_a_mock_does_wrong_is_of_no_known_kind(misbehaviour, tmp_path):
    found = failures(SAMPLE, tmp_path, "--max-examples", "2", misbehave=[misbehaviour])
    assert [one for one in found if not kind_of(one)]


def test_every_kind_is_told_of_on_its_page():
    told = re.findall(r"^\| \*\*([\w ]+)\*\* \|", PAGE.read_text(), re.M)
    assert told == list(KINDS)
