"""Bursts end with the first refusal, never exceed their measure, and are never sent unasked."""

import pytest

from tests.probing.running import StillClock, a_check, finding, run, vendor
from verifier.checks.specimens import Shelf
from verifier.model import (
    Burst,
    Effect,
    Environment,
    Missing,
    Once,
    Request,
    Response,
    Send,
    Status,
)

LIST = Request(method="GET", path="/items", operation="GET /items")
MOCK = Environment.MOCK


class Limited(Shelf):
    """Refuses everything after so many requests."""

    def __init__(self, quota, status=429):
        super().__init__()
        self.quota, self.status, self.asked = quota, status, 0

    def answer(self, request):
        if request.path != "/items":
            return super().answer(request)
        self.asked += 1
        if self.asked > self.quota:
            return Response(status=self.status, headers=(("Retry-After", "7"),))
        return super().answer(request)


def burst(shelf, *, whom=None, budget=100, clock=None, **settings):
    got = []

    def flow(vendor):
        got.extend((yield Burst(request=LIST, **settings)))
        return ()

    journal = run(
        a_check(flow, effect=Effect.BURST),
        answer=shelf,
        whom=whom or vendor(environment=MOCK),
        budget=budget,
        per_second=1.0,
        clock=clock,
    )
    return [exchange.status for exchange in got], journal.outcomes()[0]


def test_it_ends_with_the_first_refusal():
    shelf = Limited(5)
    statuses, outcome = burst(shelf, most=50)
    assert statuses == [200] * 5 + [429]
    assert shelf.asked == 6
    assert outcome.status is Status.PASS
    assert outcome.requests == 6


def test_it_never_sends_more_than_its_measure():
    shelf = Limited(1000)
    statuses, _ = burst(shelf, most=20, at_once=8)
    assert statuses == [200] * 20


def test_those_under_way_when_it_is_refused_are_all_given():
    statuses, _ = burst(Limited(10), most=50, at_once=4)
    assert statuses == [200] * 10 + [429] * 2


def test_the_runs_budget_ends_it_too():
    shelf = Limited(1000)
    _, outcome = burst(shelf, most=500, budget=30)
    assert outcome.status is Status.NOT_TESTED
    assert "budget" in outcome.reason
    assert shelf.asked < 30


def test_a_rule_of_its_own_may_end_it():
    statuses, _ = burst(Limited(3, status=403), most=9, stop_when=lambda e: e.status == 403)
    assert statuses == [200] * 3 + [403]


def test_it_keeps_no_pace_but_what_follows_obeys_the_refusal():
    clock = StillClock(1_800_000_000.0)
    burst(Limited(5), most=50, clock=clock)
    assert clock.monotonic() - 1_800_000_000.0 < 3
    waited = []

    def flow(vendor):
        yield Burst(request=LIST, most=50)
        before = clock.monotonic()
        yield Burst(request=LIST, most=1)
        waited.append(clock.monotonic() - before)
        return ()

    run(a_check(flow), answer=Limited(5), whom=vendor(environment=MOCK), clock=clock)
    assert waited == [7.0]


@pytest.mark.parametrize("allowed", [False, True])
def test_a_real_vendors_limits_are_provoked_only_when_that_was_allowed(allowed):
    shelf = Limited(5)
    statuses, outcome = burst(shelf, most=20, whom=vendor(allow_bursts=allowed))
    assert bool(statuses) is allowed
    assert (shelf.asked > 0) is allowed
    if not allowed:
        assert outcome.status is Status.NOT_TESTED
        assert outcome.supply == "--allow-bursts"


def test_a_request_that_is_refused_for_haste_is_sent_again_once_the_pause_is_over():
    shelf, clock, got = Limited(1), StillClock(1_800_000_000.0), []

    def flow(vendor):
        for judged in (False, True):
            shelf.asked = 1
            sent = yield Send(LIST, judged=judged)
            got.append((sent.status, shelf.asked - 1))
        return ()

    begin = clock.monotonic()
    run(a_check(flow), answer=shelf, whom=vendor(environment=MOCK), clock=clock)
    # The second is what its flow looked for, and stays as it is.
    assert got == [(429, 2), (429, 1)]
    assert clock.monotonic() - begin >= 7.0


def test_a_part_that_several_checks_share_is_played_once_and_anew_to_confirm():
    played, got = [], []

    def part():
        exchange = yield Send(LIST)
        played.append(exchange.id)
        return len(played)

    def flow(vendor):
        number = yield Once(name="one", part=part)
        got.append(number)
        return (finding(),) if len(got) == 1 else ()

    run(a_check(flow, id="t.one"), a_check(flow, id="t.two"), answer=Shelf())
    # The first check asks again to confirm what it found; the second is given that.
    assert got == [1, 2, 3, 3]
    assert len(played) == 3


def test_what_ends_a_shared_part_ends_every_check_that_needs_it():
    def part():
        yield Missing(reason="no limit was met", supply="a lower one")

    def flow(vendor):
        yield Once(name="one", part=part)
        return ()

    journal = run(a_check(flow, id="t.one"), a_check(flow, id="t.two"), answer=Shelf())
    assert [(o.status, o.reason) for o in journal.outcomes()] == [
        (Status.NOT_TESTED, "no limit was met")
    ] * 2
