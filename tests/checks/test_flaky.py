"""A misbehaviour that shows one time of three is doubted, with all that was tried to be seen."""

import time

import pytest
from msgspec.structs import replace

from tests.checks.proving import StillClock, outcomes_of
from verifier import discovery
from verifier.model import Confidence, Specimen, Status

CHECKS = discovery.checks()
# Some that read the state back.
IDS = (
    "contract.update-is-visible",
    "failure.rejected-writes-leave-nothing",
    "reach.pages-complete",
)


def moody(check, *shows):
    """The check, and a vendor that is its broken specimen only in these of its attempts."""
    broken, healthy = check.specimens["broken"][0], check.specimens["healthy"][0]
    sound, unsound = healthy.answer(), broken.answer()
    unsound.items = sound.items
    attempts = []

    def flow(*subject):
        attempts.append(len(attempts) + 1)
        return check.flow(*subject)

    def answer(request):
        return (unsound if attempts[-1:] and attempts[-1] in shows else sound)(request)

    return replace(check, flow=flow), Specimen(document=healthy.document, answer=answer)


def outcome_of(id, *shows):
    check, specimen = moody(CHECKS[id], *shows)
    (outcome,) = outcomes_of(check, specimen, StillClock(time.time()))
    return outcome


@pytest.mark.parametrize("id", IDS)
def test_what_shows_one_time_of_three_is_doubted_with_every_attempt_shown(id):
    outcome = outcome_of(id, 1)
    assert outcome.status is Status.INCONCLUSIVE
    assert outcome.reason == "flaky: seen 1 of 3 times"
    assert outcome.attempts == (1, 3)
    for finding in outcome.findings:
        assert finding.confidence is Confidence.LOW
        assert len(finding.evidence) > len(set(outcome_of(id, 1, 2).findings[0].evidence))


@pytest.mark.parametrize("id", IDS)
def test_what_shows_again_is_reported_though_not_every_time(id):
    assert outcome_of(id, 1, 3).status is Status.FAIL
    assert outcome_of(id, 1, 3).attempts == (2, 3)
    assert outcome_of(id, 1, 2).attempts == (2, 2)


@pytest.mark.parametrize("id", IDS)
def test_what_never_shows_is_no_finding(id):
    assert outcome_of(id).status is Status.PASS
