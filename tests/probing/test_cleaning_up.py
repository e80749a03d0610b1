"""What a run creates is removed at its end, however it ends."""

import asyncio

import orjson
import pytest

from tests.probing import running
from tests.probing.running import a_check, finding, run, vendor
from verifier.checks.specimens import ITEMS, Shelf
from verifier.model import Create, Draw, LedgerEntry, Limits, Response, Send, Status
from verifier.probing.transports.handler import HandlerTransport
from verifier.proving import Notebook


class Watched(Shelf):
    def __init__(self):
        super().__init__()
        self.deleted = []

    def delete(self, id):
        self.deleted.append(id)
        return super().delete(id)


def creating(vendor):
    yield Create(resource="items")
    yield Create(resource="items")
    return ()


def states(journal):
    return [(entry.state, entry.reason) for entry in journal.entries()]


def test_what_was_created_is_removed_newest_first():
    shelf = Watched()
    journal = run(a_check(creating), answer=shelf)
    assert shelf.items == {}
    assert shelf.deleted == ["it_000002", "it_000001"]
    assert states(journal) == [("removed", "")] * 2


def test_a_creation_that_a_check_sent_by_itself_is_removed_too():
    def flow(vendor):
        drawn = yield Draw(operation="POST /items")
        yield Send(drawn.request)
        yield (Send(drawn.request), Send(drawn.request))
        return ()

    shelf = Watched()
    run(a_check(flow), answer=shelf)
    assert len(shelf.deleted) == 3
    assert shelf.items == {}


def test_a_check_that_crashes_leaves_nothing_behind_and_is_no_finding():
    def flow(vendor):
        yield Create(resource="items")
        raise ZeroDivisionError("ours")

    shelf = Watched()
    (outcome,) = run(a_check(flow), answer=shelf).outcomes()
    assert shelf.items == {}
    assert shelf.deleted
    assert outcome.status is Status.ERRORED
    assert not outcome.findings
    assert "ZeroDivisionError" in outcome.reason


class Slow(HandlerTransport):
    """Answers a creation only after its run was cancelled."""

    def __init__(self, answer):
        super().__init__(answer)
        self.creating = asyncio.Event()

    async def send(self, outgoing):
        reply = await super().send(outgoing)
        if outgoing.method == "POST":
            self.creating.set()
            await asyncio.sleep(0.05)
        return reply


def test_a_cancelled_run_removes_even_what_was_just_being_created():
    shelf = Watched()

    async def main():
        transport, journal = Slow(shelf), Notebook()
        whom = vendor()
        task = asyncio.ensure_future(
            running.probe(
                running.plan_of(("t.one", "")),
                whom,
                checks={"t.one": a_check(creating)},
                cases=running.Cases(whom.contract, seed=3, fixtures={}, deep=False),
                transport=transport,
                journal=journal,
                redactor=running.Redaction(),
                reveal=lambda ref: "good",
            )
        )
        await transport.creating.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return journal

    journal = asyncio.run(main())
    assert shelf.items == {}
    assert shelf.deleted == ["it_000001"]
    assert states(journal) == [("removed", "")]


def test_what_cannot_be_removed_is_left_with_the_reason():
    class Keeping(Shelf):
        def delete(self, id):
            return self.problem(403, "Never")

    journal = run(a_check(creating), answer=Keeping())
    assert states(journal) == [("left", "DELETE answered 403")] * 2


def test_what_a_deletion_does_not_find_and_a_reading_does_is_left():
    class Unfinished(Watched):
        def item(self, request, id):
            missing = request.method == "DELETE"
            return self.problem(404, "No such path") if missing else super().item(request, id)

    journal = run(a_check(creating), answer=Unfinished())
    assert states(journal) == [("left", "DELETE answered 404, and it can still be read")] * 2


def test_what_is_gone_before_it_is_removed_is_not_left():
    class Hasty(Watched):
        def create(self, request):
            answer = super().create(request)
            self.items.clear()
            return answer

    assert {s for s, _ in states(run(a_check(creating), answer=Hasty()))} == {"removed"}


def test_a_bad_moment_at_the_end_is_tried_again():
    class Busy(Watched):
        refused = False

        def delete(self, id):
            if not self.refused:
                self.refused = True
                return Response(status=429, headers=(("Retry-After", "3"),))
            return super().delete(id)

    shelf = Busy()
    journal = run(a_check(creating), answer=shelf)
    assert shelf.items == {}
    assert {s for s, _ in states(journal)} == {"removed"}


def test_without_a_way_to_remove_it_is_left_and_said():
    item = {k: v for k, v in ITEMS["paths"]["/items/{id}"].items() if k != "delete"}
    document = {**ITEMS, "paths": {**ITEMS["paths"], "/items/{id}": item}}
    journal = run(a_check(creating), answer=Shelf(), whom=vendor(document))
    assert {s for s, _ in states(journal)} == {"left"}
    assert all("no operation that removes it" in r for _, r in states(journal))


class Terse(Watched):
    """Answers 201, and not a word more."""

    def create(self, request):
        answer = super().create(request)
        if answer.status == 201:
            given = orjson.loads(request.body)["name"]
            _, item = self.items.popitem()
            self.items[given] = item | {"id": given}
        return Response(status=answer.status, headers=answer.headers)


def by_name(path):
    """The document, an item of it at another path."""
    paths = dict(ITEMS["paths"])
    item = dict(paths.pop("/items/{id}"))
    name = path.partition("{")[2].strip("}")
    item["parameters"] = [{**item["parameters"][0], "name": name}]
    return {**ITEMS, "paths": {**paths, path: item}}


def test_an_item_that_is_called_as_it_was_asked_for_is_removed_though_no_answer_says_its_name():
    shelf = Terse()
    journal = run(a_check(creating), answer=shelf, whom=vendor(by_name("/items/{name}")))
    assert shelf.items == {}
    assert {s for s, _ in states(journal)} == {"removed"}


def test_a_creation_that_gave_back_what_the_user_named_is_not_removed():
    class Upserting(Watched):
        def create(self, request):
            return self.json(200, {"id": "mine", "name": "n", "created_at": "2026-01-01T00:00:00Z"})

    shelf = Upserting()
    shelf.items["mine"] = {"id": "mine"}
    run(a_check(creating), answer=shelf, whom=vendor(fixtures={"items": "mine"}))
    assert "mine" in shelf.items


def test_a_resumed_run_asks_nothing_again_and_removes_what_the_killed_one_left():
    shelf = Watched()
    shelf.items["left"] = {"id": "left"}
    journal = Notebook()
    first = a_check(lambda vendor: (yield Create(resource="items")) and (), id="t.one")
    run(first, answer=shelf, journal=journal)
    count = len(journal.exchanges)
    journal.entry(
        LedgerEntry(resource="items", path="/items/left", created_by="t.one", state="open")
    )
    asked = []
    again = a_check(lambda vendor: asked.append(1) or (finding(),), id="t.one")
    run(again, a_check(creating, id="t.two"), answer=shelf, journal=journal)
    assert not asked
    assert [e.id for e in journal.exchanges] == [f"x{n + 1}" for n in range(len(journal.exchanges))]
    assert len(journal.exchanges) > count
    assert "left" not in shelf.items


class Leaping(asyncio.SelectorEventLoop):
    """A loop whose time is moved on by hand, so that hours pass at once."""

    leapt = 0.0

    def time(self):
        return super().time() + self.leapt


@pytest.mark.parametrize(
    ("each_seconds", "count", "why"),
    [
        (50.0, 6, set()),
        (70.0, 6, {"nothing more was removed within 60 seconds"}),
        (55.0, 20, {"the clean-up took longer than 900 seconds"}),
    ],
)
def test_cleaning_up_goes_on_while_some_of_it_goes(each_seconds, count, why):
    """Some vendors take seconds for a deletion: a minute for all of them left most of it there."""

    class Tardy(Watched):
        def delete(self, id):
            asyncio.get_running_loop().leapt += each_seconds
            return super().delete(id)

    class Yielding(HandlerTransport):
        async def send(self, outgoing):
            reply = await super().send(outgoing)
            for _ in range(3):  # so that the loop looks at its timers
                await asyncio.sleep(0)
            return reply

    def flow(vendor):
        for _ in range(count):
            yield Create(resource="items")
        return ()

    async def main():
        journal, whom = Notebook(), vendor(limits=Limits(requests=100, per_second=0, concurrency=1))
        await running.probe(
            running.plan_of(("t.one", "")),
            whom,
            checks={"t.one": a_check(flow)},
            cases=running.Cases(whom.contract, seed=3, fixtures={}, deep=False),
            transport=Yielding(Tardy()),
            journal=journal,
            redactor=running.Redaction(),
            reveal=lambda ref: "good",
            clock=running.StillClock(1_800_000_000.0),
        )
        return states(journal)

    with asyncio.Runner(loop_factory=Leaping) as runner:
        seen = runner.run(main())
    assert {reason for state, reason in seen if state == "left"} == why
