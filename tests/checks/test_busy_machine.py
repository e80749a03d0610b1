"""Where exchanges take their time, a check says what it says where they take none."""

import time
from functools import partial
from itertools import cycle

import pytest
from msgspec.structs import replace

from tests.checks.proving import StillClock, findings_of, outcomes_of
from verifier import discovery
from verifier.model import Effect, Status, Timing
from verifier.probing.transports.handler import HandlerTransport

CHECKS = {id: c for id, c in discovery.checks().items() if c.effect is not Effect.NONE}
# Seconds before the vendor sees a request, and until we see its answer: one after the other.
PACES = {
    "now and then": ((0.0, 0.0), (0.0, 0.0), (0.3, 4.0), (0.0, 0.0), (2.5, 0.1)),
    "one request in a window": ((0.5, 11.0),),
    "a window within a burst": ((0.3, 0.0),),
}
LIMITS = ("limits.limit-answers-429", "limits.limit-is-as-documented", "limits.retry-after-is-true")


class Dawdling(HandlerTransport):
    """Takes its time with each exchange, by the clock that everybody reads."""

    def __init__(self, answer, *, clock, pace):
        super().__init__(answer)
        self.clock, self.pace = clock, cycle(PACES[pace])

    async def send(self, outgoing):
        there, back = next(self.pace)
        began = self.clock.time
        self.clock.time += there
        reply = await super().send(outgoing)
        self.clock.time += back
        return replace(reply, timing=Timing(total_seconds=self.clock.time - began))


def said(check, specimen, pace):
    clock = StillClock(time.time())
    return outcomes_of(check, specimen, clock, carried=partial(Dawdling, clock=clock, pace=pace))


@pytest.mark.parametrize("id", CHECKS)
def test_a_sound_vendor_is_not_blamed_for_a_slow_way(id):
    for pace in ("now and then", "one request in a window"):
        outcomes = said(CHECKS[id], CHECKS[id].specimens["healthy"][0], pace)
        assert findings_of(outcomes) == []
        assert [o for o in outcomes if o.status in (Status.ERRORED, Status.INCONCLUSIVE)] == []


@pytest.mark.parametrize("id", LIMITS)
def test_a_limit_is_met_though_its_window_begins_anew_within_the_burst(id):
    (outcome,) = said(CHECKS[id], CHECKS[id].specimens["healthy"][0], "a window within a burst")
    assert (outcome.status, outcome.reason) == (Status.PASS, "")


def test_what_never_moves_is_told_though_each_read_takes_its_time():
    check = CHECKS["limits.remaining-is-true"]
    (outcome,) = said(check, check.specimens["broken"][0], "now and then")
    assert outcome.status is Status.FAIL
    (outcome,) = said(check, check.specimens["broken"][0], "one request in a window")
    assert outcome.status is Status.NOT_TESTED
