"""A flow may judge silence itself, tell its story, and tidy up whatever ends it."""

import asyncio

import pytest

from tests.probing.running import a_check, finding, run, vendor
from verifier.checks.specimens import Shelf
from verifier.model import (
    Beat,
    Clean,
    Create,
    Draw,
    Failure,
    FailureKind,
    Reply,
    Request,
    Send,
    Status,
    Story,
    Tell,
)
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook

LIST = Request(method="GET", path="/items", operation="GET /items")
BYE = Request(method="GET", path="/bye")


class Deaf(HandlerTransport):
    """Answers, but never the items; keeps what it was asked, and how long one would have waited."""

    def __init__(self):
        super().__init__(Shelf())
        self.asked = []

    async def send(self, outgoing):
        self.asked.append((outgoing.url.rpartition("/")[2], outgoing.timeout_seconds))
        if outgoing.url.endswith("/items"):
            return Reply(failure=Failure(kind=FailureKind.RESET, says="reset", phase="read"))
        return await super().send(outgoing)


def outcome_of(flow, transport=None, **more):
    journal = run(a_check(flow), transport=transport or HandlerTransport(Shelf()), **more)
    return journal.outcomes()[0]


def test_silence_is_an_obstacle_unless_the_flow_judges_it():
    def asking(judged):
        def flow(vendor):
            exchange = yield Send(LIST, judged=judged)
            return [finding(exchange.id)]

        return flow

    assert outcome_of(asking(judged=False), Deaf()).status is Status.NOT_TESTED
    assert outcome_of(asking(judged=True), Deaf()).status is Status.FAIL


def test_a_step_may_wait_for_longer_or_shorter_than_the_vendors_limit():
    def flow(vendor):
        yield Send(BYE)
        yield Send(BYE, timeout_seconds=0.5)
        return ()

    deaf = Deaf()
    outcome_of(flow, deaf)
    assert deaf.asked[-2:] == [("bye", 30.0), ("bye", 0.5)]


def test_the_last_story_that_a_flow_tells_is_kept_with_its_outcome():
    def told(*steps):
        return Story(
            title="t",
            place="f:1",
            beats=tuple(Beat(step=s, kind="send", says="GET /") for s in steps),
        )

    def flow(vendor):
        yield Tell(told("a"))
        yield Tell(told("a", "b"))
        return ()

    assert outcome_of(flow).story == told("a", "b")


def test_a_flow_tidies_up_when_the_budget_is_spent():
    deaf = Deaf()

    def flow(vendor):
        try:
            for _ in range(50):
                yield Send(LIST, judged=True)
        finally:
            yield Send(BYE, tidying=True)
        return ()

    outcome = outcome_of(flow, deaf, budget=5)
    assert outcome.status is Status.NOT_TESTED
    assert "budget" in outcome.reason
    assert [name for name, _ in deaf.asked if name == "bye"] == ["bye"]


def test_a_flow_tidies_up_when_it_crashes():
    deaf = Deaf()

    def flow(vendor):
        try:
            yield Send(LIST)
            raise ZeroDivisionError("ours")
        finally:
            yield Send(BYE, tidying=True)

    assert outcome_of(flow, deaf).status is Status.ERRORED
    assert deaf.asked[-1][0] == "bye"


def test_a_flow_tidies_up_when_the_run_is_interrupted():
    asked = []

    class Slow(HandlerTransport):
        async def send(self, outgoing):
            asked.append(outgoing.url.rpartition("/")[2])
            if asked[-1] == "items":
                raise asyncio.CancelledError
            return await super().send(outgoing)

    def flow(vendor):
        try:
            yield Send(LIST)
        finally:
            yield Send(BYE, tidying=True)
        return ()

    journal = Notebook()
    with pytest.raises(asyncio.CancelledError):
        run(a_check(flow), transport=Slow(Shelf()), journal=journal)
    assert asked[-2:] == ["items", "bye"]
    assert journal.outcomes() == ()


def test_a_flow_that_cleans_up_leaves_nothing_for_the_next():
    shelf = Shelf()
    left = []

    def flow(vendor):
        yield Create(resource="items")
        yield Clean()
        left.append(len(shelf.items))
        return ()

    run(a_check(flow, id="t.one"), a_check(flow, id="t.two"), answer=shelf)
    assert left == [0, 0]


def test_it_leaves_alone_what_others_made():
    shelf = Shelf()

    def making(vendor):
        yield Create(resource="items")
        return ()

    def cleaning(vendor):
        yield Clean()
        assert len(shelf.items) == 1
        return ()

    journal = run(a_check(making, id="t.one"), a_check(cleaning, id="t.two"), answer=shelf)
    assert [o.status for o in journal.outcomes()] == [Status.PASS, Status.PASS]
    assert shelf.items == {}


def test_a_request_that_cannot_be_made_ends_a_flow_unless_it_can_do_without():
    got = []

    def asking(or_none):
        def flow(vendor):
            got.append((yield Draw(operation="GET /items/{id}", or_none=or_none)))
            return ()

        return flow

    whom = vendor(allow_writes=False)
    assert outcome_of(asking(or_none=True), whom=whom).status is Status.PASS
    assert got == [None]
    refused = outcome_of(asking(or_none=False), whom=whom)
    assert refused.status is Status.NOT_TESTED
    assert "fixtures" in refused.supply


class Refusing(Shelf):
    """Takes nothing, and says so."""

    def create(self, request):
        return self.problem(422, "Not like this")


@pytest.mark.parametrize(
    ("transport", "supply"), [(Deaf(), ""), (HandlerTransport(Refusing()), "A_BODY")]
)
def test_another_body_is_asked_for_only_where_one_was_refused(transport, supply):
    def creating(vendor):
        yield Create(resource="items")
        return ()

    found = outcome_of(creating, transport=transport)
    assert found.status is Status.NOT_TESTED
    assert "could be created" in found.reason
    assert supply in found.supply
    assert bool(found.supply) is bool(supply)
