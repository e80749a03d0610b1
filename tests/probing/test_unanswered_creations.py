"""A creation that was sent and never answered for is looked for, and never taken for another's."""

from datetime import UTC, datetime

import pytest

from tests.probing.running import a_check, run
from verifier.checks.specimens import Shelf
from verifier.model import Abandon, Create, Draw, Failure, FailureKind, Intent, Request, Response
from verifier.proving import Notebook

NOW = 1_800_000_000.0
LOST = Failure(kind=FailureKind.RESET, says="the connection was reset", phase="wait")


def at(seconds):
    return datetime.fromtimestamp(seconds, UTC).isoformat()


class Stamping(Shelf):
    """Stamps what it creates with the moment, and answers as it is told."""

    def __init__(self, *answers, born=NOW):
        super().__init__()
        self.answers, self.born = list(answers), born
        self.deleted, self.listed = [], 0

    def create(self, request):
        answer = super().create(request)
        self.items[f"it_{self.count:06d}"]["created_at"] = at(self.born)
        return self.answers.pop(0) if self.answers else answer

    def finish(self, request, response):
        return (
            response
            if isinstance(response, Failure)
            else Response(status=response.status, headers=response.headers, body=response.body)
        )

    def list(self, request):
        self.listed += 1
        return super().list(request)

    def delete(self, id):
        self.deleted.append(id)
        return super().delete(id)


def creating(vendor):
    yield Create(resource="items")
    return ()


def abandoning(vendor):
    drawn = yield Draw(operation="POST /items")
    yield Abandon(drawn.request)
    return ()


def asked(shelf, flow=creating, journal=None):
    return run(a_check(flow), answer=shelf, journal=journal or Notebook())


def test_an_answered_creation_leaves_no_doubt_and_nobody_looks_for_it():
    shelf = Stamping()
    assert asked(shelf).intents() == ()
    assert shelf.listed == 0
    assert shelf.items == {}


@pytest.mark.parametrize("status", [400, 409, 422])
def test_what_was_refused_was_not_created(status):
    shelf = Stamping(Response(status=status), Response(status=status))
    assert asked(shelf).intents() == ()
    assert shelf.listed == 0


@pytest.mark.parametrize("answer", [LOST, Response(status=502), Response(status=202)])
def test_what_was_created_without_our_hearing_of_it_is_found_and_removed(answer):
    shelf = Stamping(answer)
    journal = asked(shelf)
    assert shelf.items == {}
    assert [entry.state for entry in journal.entries()] == ["removed"]
    assert journal.intents() == ()


def test_what_was_cut_off_is_found_too():
    shelf = Stamping()
    asked(shelf, abandoning)
    assert shelf.deleted == ["it_000001"]


def test_what_was_created_at_another_time_is_not_ours():
    shelf = Stamping(LOST, born=NOW - 3600)
    journal = asked(shelf)
    assert shelf.deleted == []
    assert journal.intents() == ()


def test_what_differs_from_what_was_sent_is_not_ours():
    class Renaming(Stamping):
        def kept(self, given):
            return {**given, "name": "somebody else's"}

    shelf = Renaming(LOST)
    asked(shelf)
    assert shelf.deleted == []


def test_what_looks_like_it_and_has_no_date_is_named_and_stays():
    class Undated(Stamping):
        def shown(self, item):
            return {name: held for name, held in item.items() if name != "created_at"}

    shelf = Undated(LOST)
    (intent,) = asked(shelf).intents()
    assert shelf.deleted == []
    assert intent.maybe == ("/items/it_000001",)
    assert intent.reason == "it gave no answer (reset)"


def test_where_the_list_cannot_be_read_the_doubt_stays_and_the_rest_is_removed():
    class Closed(Stamping):
        def list(self, request):
            return self.problem(403, "Never")

    def flow(vendor):
        yield Create(resource="items")
        drawn = yield Draw(operation="POST /items")
        shelf.answers.append(LOST)
        yield Abandon(drawn.request)
        return ()

    shelf = Closed()
    journal = asked(shelf, flow)
    assert shelf.deleted == ["it_000001"]
    assert len(journal.intents()) == 1


def test_many_lost_answers_are_looked_for_at_once():
    def flow(vendor):
        for _ in range(5):
            drawn = yield Draw(operation="POST /items")
            yield Abandon(drawn.request)
        return ()

    shelf = Stamping()
    asked(shelf, flow)
    assert len(shelf.deleted) == 5
    assert shelf.listed == 1


def test_a_resumed_run_looks_for_what_the_killed_one_was_creating():
    shelf, journal = Stamping(), Notebook()
    sent = Request(method="POST", path="/items", operation="POST /items", body=b'{"name": "Ada 7"}')
    journal.intent(Intent(number=4, resource="items", request=sent, created_by="t.one", at=NOW))
    shelf.items["left"] = {"id": "left", "name": "Ada 7", "created_at": at(NOW + 1)}
    shelf.items["theirs"] = {"id": "theirs", "name": "Ada 7", "created_at": at(NOW - 60)}
    asked(shelf, journal=journal)
    assert list(shelf.items) == ["theirs"]
    assert journal.intents() == ()
