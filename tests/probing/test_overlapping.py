"""Errands overlap at a real vendor where none disturbs another, and a run stays the same run."""

import asyncio
import gc
from collections import Counter
from functools import partial

import pytest
from msgspec.structs import replace

from tests.probing.running import a_check, finding, plan_of, run, vendor
from verifier.checks.specimens import ITEMS, Shelf
from verifier.errors import VendorUnreachable
from verifier.model import (
    Create,
    Draw,
    Effect,
    Environment,
    Existing,
    Fresh,
    Limits,
    Outcome,
    Send,
    Status,
    Subject,
    Validity,
)
from verifier.probing.claims import Claim, Claims
from verifier.probing.errand import Errands
from verifier.probing.lanes import Job, in_lanes
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook

KINDS = ("boxes", "bags", "jars")


def house():
    """A document with three kinds of things that have nothing to do with one another."""
    paths = {}
    for kind in KINDS:
        for path, held in ITEMS["paths"].items():
            renamed = {
                method: {**o, "operationId": f"{kind}-{o['operationId']}"}
                if "responses" in o
                else o
                for method, o in held.items()
                if isinstance(o, dict)
            }
            shared = {name: o for name, o in held.items() if not isinstance(o, dict)}
            paths[path.replace("/items", f"/{kind}")] = {**renamed, **shared}
    return {**ITEMS, "paths": paths}


class House:
    """A vendor of these: each answer takes a while, and how many are under way is written down."""

    def __init__(self):
        self.shelves = {kind: Shelf() for kind in KINDS}

    def __call__(self, request):
        kind = request.path.split("/")[1]
        if kind not in self.shelves:
            return Shelf()(request)
        return self.shelves[kind](replace(request, path=request.path.replace(kind, "items", 1)))


class Slow(HandlerTransport):
    def __init__(self, answer):
        super().__init__(answer)
        self.under_way, self.together = Counter(), []
        self.bodies = Counter()

    async def send(self, outgoing):
        kind = outgoing.url.split("/")[3]
        self.under_way[kind] += 1
        if outgoing.method != "DELETE":  # what is removed at the end
            self.together.append(Counter(self.under_way))
        self.bodies[outgoing.method, outgoing.body] += 1
        try:
            await asyncio.sleep(0.002)
            return await super().send(outgoing)
        finally:
            self.under_way[kind] -= 1

    @property
    def most(self):
        return max(sum(counts.values()) for counts in self.together)


def whom(concurrency=8, **members):
    limits = Limits(requests=300, per_second=0, concurrency=concurrency)
    return vendor(house(), limits=limits, **members)


def played(*checks, concurrency=8, items=None, journal=None, **members):
    transport = Slow(House())
    journal = run(
        *checks,
        transport=transport,
        whom=whom(concurrency, **members),
        budget=300,
        journal=journal,
        items=items or [(c.id, kind) for c in checks for kind in KINDS],
    )
    return transport, journal


def settled(journal):
    return {
        key: (outcome.status, outcome.attempts, outcome.requests)
        for key, outcome in journal.kept.items()
    }


def making(resource):
    first = yield Create(resource=resource.name)
    again = yield Create(resource=resource.name)
    unused = yield Fresh()
    assert first.sent != again.sent
    yield Send((yield Draw(operation=resource.read, path=first.item.path)).request)
    assert unused


def broken(resource):
    made = yield Create(resource=resource.name)
    return (finding(made.exchange.id),)


def on_resources(flow, id="t.one", effect=Effect.WRITE):
    return a_check(flow, subject=Subject.RESOURCE, id=id, effect=effect)


def test_checks_of_different_things_overlap():
    transport, _ = played(on_resources(making))
    assert transport.most == len(KINDS)


def test_checks_that_change_the_same_thing_do_not_overlap():
    checks = [on_resources(making, id=f"t.n{n}") for n in range(4)]
    transport, _ = played(*checks, items=[(c.id, "jars") for c in checks])
    assert transport.most == 1


def test_checks_that_only_read_the_same_thing_overlap():
    def reading(operation):
        for _ in range(3):
            yield Send((yield Draw(operation=operation.key)).request)

    checks = [
        a_check(reading, subject=Subject.OPERATION, id=f"t.n{n}", effect=Effect.READ)
        for n in range(4)
    ]
    transport, _ = played(*checks, items=[(c.id, "GET /jars") for c in checks])
    assert transport.most == 4


@pytest.mark.parametrize("why", ["burst", "alone", "vendor"])
def test_nothing_is_under_way_beside_a_check_that_watches_everything(why):
    beside = []

    def watching(subject):
        beside.append(sum(transport.under_way.values()))
        yield Send((yield Draw(operation="GET /jars")).request)
        beside.append(sum(transport.under_way.values()))

    effect = Effect.BURST if why == "burst" else Effect.READ
    subject = Subject.VENDOR if why == "vendor" else Subject.OPERATION
    watcher = a_check(watching, id="t.watcher", effect=effect, subject=subject)
    watcher.alone = why == "alone"
    maker = on_resources(making)
    transport = Slow(House())
    run(
        watcher,
        maker,
        transport=transport,
        whom=whom(),
        budget=300,
        items=[
            (maker.id, "jars"),
            ("t.watcher", "" if why == "vendor" else "GET /jars"),
            (maker.id, "bags"),
        ],
    )
    assert beside == [0, 0]


def test_a_mock_is_asked_one_thing_after_the_other():
    transport, _ = played(on_resources(making), environment=Environment.MOCK)
    assert transport.most == 1


@pytest.mark.parametrize("flow", [making, broken])
def test_a_run_is_the_same_run_however_much_overlaps(flow):
    checks = [on_resources(flow, id=f"t.n{n}") for n in range(3)]
    alone, first = played(*checks, concurrency=1)
    beside, second = played(*checks, concurrency=8)
    assert settled(first) == settled(second)
    assert alone.bodies == beside.bodies
    assert alone.most == 1
    assert beside.most > 1


def test_what_shows_only_while_others_are_under_way_is_doubted_with_every_attempt_as_evidence():
    tries, going = [], set()

    def touchy(resource):
        listed = yield Send((yield Draw(operation=resource.list)).request)
        tries.append(len(going))
        return (finding(listed.id),) if tries[-1] else ()

    def long(resource):
        going.add(resource.name)
        for _ in range(8):
            yield Create(resource=resource.name)
        going.discard(resource.name)

    check, other = on_resources(touchy), on_resources(long, id="t.two")
    items = [(check.id, "jars"), (other.id, "bags"), (other.id, "boxes")]
    _, journal = played(check, other, items=items)
    outcome = journal.kept[check.id, "jars"]
    assert tries == [2, 0, 0]
    assert outcome.status is Status.INCONCLUSIVE
    assert outcome.attempts == (1, 3)
    assert outcome.reason == "flaky: seen 1 of 3 times, while other checks were under way"
    asked = tuple(e.id for e in journal.exchanges if e.purpose == check.id)
    assert outcome.findings[0].evidence == asked
    assert len(asked) == 3
    assert {journal.kept[other.id, kind].status for kind in ("bags", "boxes")} == {Status.PASS}


def test_what_several_need_is_looked_for_once_and_is_the_same_whoever_comes_first():
    def needing(late):
        def flow(operation):
            for _ in range(late):
                yield Send((yield Draw(operation=operation.key)).request)
            seen.append((yield Existing(resource="bags")).id)

        return flow

    seen = []
    checks = [
        a_check(needing(3 - n), subject=Subject.OPERATION, id=f"t.n{n}", effect=Effect.READ)
        for n in range(4)
    ]
    items = [(check.id, "GET /jars") for check in checks]
    beside, journal = played(*checks, items=items)
    assert [len(seen), len(set(seen))] == [4, 1]
    assert sum(e.request.method == "POST" for e in journal.exchanges) == 1
    alone, _ = played(*checks, items=items, concurrency=1)
    assert alone.bodies == beside.bodies


def test_one_that_finds_nobody_at_home_ends_all_of_them_and_what_was_made_is_removed():
    house = House()

    class Gone(Slow):
        async def send(self, outgoing):
            if outgoing.method == "GET" and "jars" in outgoing.url:
                raise asyncio.CancelledError
            return await super().send(outgoing)

    def asking(resource):
        yield Create(resource=resource.name)
        yield Send((yield Draw(operation=resource.list)).request)
        yield Create(resource=resource.name)

    check = on_resources(asking)
    transport = Gone(house)
    journal = Notebook()
    with pytest.raises(asyncio.CancelledError):
        run(
            check,
            transport=transport,
            whom=whom(),
            items=[(check.id, k) for k in KINDS],
            journal=journal,
            budget=300,
        )
    assert journal.entries()
    assert {entry.state for entry in journal.entries()} == {"removed"}
    assert all(shelf.items == {} for shelf in house.shelves.values())


def test_several_that_fail_at_once_end_the_run_with_one_error_and_no_word_of_the_others(caplog):
    async def failing(number):
        await asyncio.sleep(0)
        raise VendorUnreachable(f"gone {number}")

    jobs = [Job(Claim({}), partial(failing, number)) for number in range(3)]
    with pytest.raises(VendorUnreachable, match="gone 0"):
        asyncio.run(in_lanes(jobs, 3))
    gc.collect()
    assert caplog.text == ""


def errands(known=(), sent=0):
    checks = {c.id: c for c in (on_resources(making), a_check(making, id="t.two"))}
    checks["t.seen"] = a_check(
        making, id="t.seen", subject=Subject.EXCHANGE, inputs=(Validity.VALID,)
    )
    plan = plan_of(("t.one", "jars"), ("t.two", ""), ("t.seen", "GET /jars"))
    return Errands(plan, whom(), checks, known=known, sent=sent)


def numbers(errands, count=40):
    keys = [("t.one", "jars"), ("t.two", ""), ("cases", "GET /jars")]
    drawn = [[errands.of(*key).fresh() for _ in range(count)] for key in keys]
    shared = [[next(errands.shared(kind)) for _ in range(count)] for kind in KINDS]
    return drawn + shared


def test_each_errand_has_numbers_that_follow_from_its_place_and_no_other_has():
    assert numbers(errands()) == numbers(errands())
    every = [number for own in numbers(errands()) for number in own]
    assert len(set(every)) == len(every)
    assert max(every) <= 6 * 40


def test_a_run_that_goes_on_draws_no_number_that_was_sent_before():
    before = {number for own in numbers(errands(), count=30) for number in own}
    done = Outcome(check="t.two", subject="", status=Status.PASS, requests=90)
    after = {number for own in numbers(errands(known=[done], sent=100)) for number in own}
    assert before.isdisjoint(after)


def test_what_a_thing_needs_is_claimed_with_it():
    with_parent = dict(ITEMS["paths"])
    with_parent["/items/{id}/parts"] = ITEMS["paths"]["/items"]
    whole = vendor({**ITEMS, "paths": with_parent})
    assert [r.name for r in whole.contract.resources] == ["items", "parts"]
    claims = Claims(whole)
    parts, items = on_resources(making), on_resources(making)
    of_items, of_parts = claims.of(items, "items"), claims.of(parts, "parts")
    assert not of_parts.bears({name: {use} for name, use in of_items.uses.items()})
    removal = claims.removing("items")
    assert removal.bears({name: {use} for name, use in removal.uses.items()})
    assert not removal.bears({name: {use} for name, use in claims.removing("parts").uses.items()})
