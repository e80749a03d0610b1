"""Each answer that does not come is counted, whatever it was asked for, and the verdict says so."""

import time

import pytest

from tests.checks.proving import StillClock, outcomes_of
from verifier import discovery
from verifier.checks.specimens import Shelf
from verifier.model import Failure, FailureKind, Level, Specimen, Status

CHECK = discovery.checks()["failure.slow-is-bounded"]


class Losing(Shelf):
    """Loses the answers to these requests, counted from the first."""

    calls = 0

    def __call__(self, request):
        self.calls += 1
        if self.lost(self.calls, request):
            return Failure(kind=FailureKind.RESET, says="it was reset", phase="wait")
        return super().__call__(request)


def said(lost):
    vendor = Losing()
    vendor.lost = lost
    (outcome,) = outcomes_of(CHECK, Specimen(answer=vendor), StillClock(time.time()))
    return outcome


def test_a_single_one_is_told_and_accuses_nobody():
    outcome = said(lambda number, _: number == 7)
    assert outcome.status is Status.PASS
    assert [f.level for f in outcome.findings] == [Level.INFORMATION]


def test_none_is_nothing():
    assert said(lambda *_: False).findings == ()


@pytest.mark.parametrize("every", [20, 10, 3])
def test_some_of_them_fail_with_their_number(every):
    outcome = said(lambda number, _: number % every == 0)
    assert outcome.status is Status.FAIL
    (finding,) = outcome.findings
    assert finding.signature == "answers-lost"
    assert finding.says.startswith(f"{40 // every} of 40 requests of this run got no answer.")


def test_what_is_never_answered_is_named():
    outcome = said(lambda _, request: request.path == "/items")
    assert "It never answers GET /items." in outcome.findings[0].says
    assert outcome.findings[0].operation == "GET /items"
