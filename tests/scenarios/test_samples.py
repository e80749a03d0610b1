"""The sample scenarios: silent about the sound sample vendor, speaking about the one defect."""

import pytest

import verifier
from tests.places import ROOT
from verifier.model import Status
from verifier.runs import playbill

FOLDER = ROOT / "scenarios" / "acme-billing"
FILES = sorted(FOLDER.glob("*.arazzo.yaml"))

# Which workflows must speak about a defect of the vendor's, and no other may.
SPEAKING = {
    "read-scope-writes": {"reader-only-reads"},
    "cross-tenant-read": {"tenants-are-apart"},
    "open-operation": {"strangers-are-kept-out"},
    "replay-creates-again": {"same-key-twice", "same-key-at-once", "lost-answer-charges-once"},
    "concurrent-duplicates": {"same-key-at-once"},
    "key-reuse-applied": {"same-key-another-body"},
    "rounds-money": {"pay-an-invoice", "amounts-survive", "orders-survive"},
    "truncates-text": {"names-survive.7"},
    "update-lost": {"absent-is-not-null"},
    "deprecation-unsigned": {"what-goes-says-so"},
    "webhook-lost": {"a-payment-is-told"},
    "webhook-signature-wrong": {"a-payment-is-told"},
    "webhook-wrong-payload": {"a-payment-is-told"},
}


def statuses(folder, **how):
    done = verifier.run(*FILES, mock=True, folder=folder, formats=("json",), **how)
    return {o.check.split(".", 2)[2]: o.status for o in done.run.outcomes}


def test_the_sound_vendor_passes_every_sample_and_nothing_is_left_behind(tmp_path):
    done = verifier.run(*FILES, mock=True, folder=tmp_path / "run", formats=("json",))
    assert {o.status for o in done.run.outcomes} == {Status.PASS}
    left = {entry.resource for entry in done.run.ledger if entry.state != "removed"}
    assert left <= {"payments"}  # the document has no way to remove one
    asked = {question for card in done.run.cards.values() for question in [card.question]}
    assert asked >= {"credentials", "failure", "duplicates", "limits", "change", "contract"}


@pytest.mark.parametrize("defect", SPEAKING)
def test_a_defect_is_reported_by_the_samples_that_are_about_it(tmp_path, defect):
    found = statuses(tmp_path / "run", misbehave=(defect,))
    failed = {name for name, status in found.items() if status is Status.FAIL}
    assert failed == SPEAKING[defect]
    assert set(found.values()) <= {Status.PASS, Status.FAIL}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_has_no_flaw_and_not_even_a_note(path):
    order = playbill.Assignment(where=str(ROOT / "specs" / "acme-billing"), scenarios=(str(path),))
    _, flaws = playbill.bound(order, playbill.loading.load_vendor(order.where))
    assert flaws == ()
