"""How much is sent, how fast, and what is never sent."""

import asyncio
from email.utils import formatdate
from itertools import pairwise

import pytest

from tests.probing.running import StillClock, a_check, run, vendor
from verifier.checks.specimens import Shelf
from verifier.model import (
    Environment,
    Plan,
    Planned,
    Request,
    Response,
    Send,
    Status,
    Subject,
    Validity,
    retry_after_seconds,
)
from verifier.probing.allotment import Allotment
from verifier.probing.errand import Errand
from verifier.probing.pace import Pace

LIST = Request(method="GET", path="/items", operation="GET /items")


class Counting(Shelf):
    def __init__(self):
        super().__init__()
        self.asked = []

    def __call__(self, request):
        self.asked.append(request)
        return super().__call__(request)


def often(times):
    def flow(vendor):
        for _ in range(times):
            yield Send(LIST)
        return ()

    return flow


def test_not_one_request_more_than_the_budget_is_sent():
    shelf = Counting()
    journal = run(a_check(often(50)), answer=shelf, budget=7)
    (outcome,) = journal.outcomes()
    assert len(shelf.asked) == 7
    assert outcome.status is Status.NOT_TESTED
    assert "7 requests" in outcome.reason
    assert "--budget" in outcome.supply


def test_a_budget_of_nothing_sends_nothing():
    shelf = Counting()
    run(a_check(often(1)), answer=shelf, budget=0)
    assert shelf.asked == []


def test_observations_keep_to_the_budget_too():
    shelf = Counting()
    check = a_check(lambda seen: (), subject=Subject.EXCHANGE, inputs=(Validity.VALID,))
    items = [("t.one", "POST /items"), ("t.one", "PATCH /items/{id}")]
    run(check, answer=shelf, items=items, budget=6, cases={k: 20 for _, k in items})
    deletions = [r for r in shelf.asked if r.method == "DELETE"]
    assert len(shelf.asked) - len(deletions) == 6


def test_requests_leave_one_interval_apart():
    clock, times = StillClock(1000.0), []
    shelf = Shelf()

    def answer(request):
        times.append(clock.time)
        return shelf(request)

    run(a_check(often(5)), answer=answer, clock=clock, per_second=2.0)
    assert [b - a for a, b in pairwise(times)] == [0.5] * 5


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_obeyed_before_the_next_request(as_date):
    clock, times = StillClock(1_800_000_000.0), []

    def answer(request):
        times.append(clock.time)
        until = formatdate(clock.time + 20, usegmt=True) if as_date else "20"
        first = len(times) == 2
        return (
            Response(status=429, headers=(("Retry-After", until),)) if first else Shelf()(request)
        )

    run(a_check(often(3)), answer=answer, clock=clock)
    assert times[2] - times[1] == 20


def test_those_who_wait_for_their_turn_obey_it_as_well():
    clock, sent = StillClock(0.0), []

    async def main():
        pace = Pace(1.0, clock)

        async def one(index):
            await pace.turn()
            sent.append(clock.time)
            if not index:
                pace.heed(Response(status=429, headers=(("Retry-After", "30"),)))

        await asyncio.gather(*(one(i) for i in range(3)))

    asyncio.run(main())
    assert sent[0] == 0
    assert sent[1] >= 30
    assert sent[2] >= sent[1] + 1


@pytest.mark.parametrize("value", ["", "soon", "nan", "Mon, 99 Foo 2020 00:00:00 GMT"])
def test_a_retry_after_that_says_nothing_asks_for_nothing(value):
    wait = retry_after_seconds(Response(status=429, headers=(("Retry-After", value),)), 0.0)
    assert not wait


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PURGE", "post"])
def test_production_gets_safe_methods_only_whatever_a_check_asks(method):
    shelf = Counting()

    def flow(vendor):
        yield Send(Request(method=method, path="/items", body=b"{}"))
        return ()

    whom = vendor(environment=Environment.PRODUCTION)
    (outcome,) = run(a_check(flow), answer=shelf, whom=whom).outcomes()
    assert {r.method for r in shelf.asked} == {"GET"}
    assert outcome.status is Status.ERRORED


def test_only_what_the_run_created_is_deleted():
    shelf = Counting()
    shelf.items["theirs"] = {"id": "theirs", "name": "x", "created_at": "2026-01-01T00:00:00Z"}

    def flow(vendor):
        yield Send(Request(method="DELETE", path="/items/theirs"))
        return ()

    (outcome,) = run(a_check(flow), answer=shelf).outcomes()
    assert outcome.status is Status.ERRORED
    assert "theirs" in shelf.items


def test_the_same_seed_sends_the_same_requests():
    check = a_check(lambda seen: (), subject=Subject.EXCHANGE, inputs=tuple(Validity))
    items = [("t.one", k) for k in ("GET /items", "POST /items", "DELETE /items/{id}")]
    sequences = []
    for _ in range(2):
        shelf = Counting()
        run(check, answer=shelf, items=items, budget=90, cases={k: 15 for _, k in items})
        sequences.append([(r.method, r.target, r.body) for r in shelf.asked])
    assert sequences[0] == sequences[1]
    assert len(sequences[0]) > 30


def test_a_deletion_only_ever_meets_what_was_created_for_it():
    shelf = Counting()
    shelf.items["theirs"] = {"id": "theirs", "name": "x", "created_at": "2026-01-01T00:00:00Z"}
    check = a_check(lambda seen: (), subject=Subject.EXCHANGE, inputs=(Validity.VALID,))
    items = [("t.one", "GET /items"), ("t.one", "DELETE /items/{id}")]
    run(check, answer=shelf, items=items, cases={k: 5 for _, k in items})
    gone = [r.path for r in shelf.asked if r.method == "DELETE"]
    assert gone
    assert "/items/theirs" not in gone
    assert len(gone) == len(set(gone))
    assert list(shelf.items) == ["theirs"]


def priced(*prices):
    """A plan's items, each for the one check there is."""
    return tuple(Planned(check="t.one", subject=f"r{i}", price=p) for i, p in enumerate(prices))


def test_a_check_whose_whole_price_is_not_left_is_not_begun_and_a_cheaper_one_is():
    allotment = Allotment(Plan(items=(), omitted=(), budget=20), {"t.one": a_check(None)}, ())
    dear, cheap = priced(12, 4)
    assert not allotment.begins(dear, Errand("t.one"), sent=9)
    assert allotment.begins(cheap, Errand("t.one"), sent=16)


def test_what_is_under_way_keeps_what_it_may_still_need():
    allotment = Allotment(Plan(items=(), omitted=(), budget=20), {"t.one": a_check(None)}, ())
    dear, cheap = priced(12, 4)
    first, second = Errand("t.one"), Errand("t.one")
    assert allotment.begins(dear, first, sent=0)
    assert not allotment.begins(dear, second, sent=0)
    first.sent = 5
    assert not allotment.begins(dear, second, sent=5)
    assert allotment.begins(cheap, second, sent=5)
    second.sent = 1
    allotment.passed(cheap, second)
    allotment.passed(dear, first)
    assert allotment.begins(dear, Errand("t.one"), sent=6)


def test_what_others_did_not_need_is_drawn_and_never_more_than_the_deepest():
    seen = a_check(None, subject=Subject.EXCHANGE)
    visits = tuple(Planned(check="t.one", subject=key, price=0) for key in ("A", "B"))
    for budget, expected in (
        (100, [40, 40]),
        (60, [30, 30]),
        (20, [10, 10]),
        (9, [6, 3]),
        (7, [6]),
    ):
        plan = Plan(items=visits, omitted=(), cases={"A": 6, "B": 6}, deepest=40, budget=budget)
        allotment, sent, got = Allotment(plan, {"t.one": seen}, visits), 0, []
        for key in ("A", "B"):
            errand = Errand("cases")
            got.append(allotment.cases(key, errand, sent))
            sent += got[-1]
            errand.sent = got[-1]
        assert [count for count in got if count] == expected


def test_drawing_leaves_what_the_checks_after_it_will_probably_need():
    checks = {"t.one": a_check(None, subject=Subject.EXCHANGE), "t.two": a_check(None)}
    visit = Planned(check="t.one", subject="A", price=0)
    later = Planned(check="t.two", subject="", price=80)
    plan = Plan(items=(visit, later), omitted=(), cases={"A": 6}, deepest=60, budget=100)
    assert Allotment(plan, checks, (visit, later)).cases("A", Errand("cases"), 0) == 32
