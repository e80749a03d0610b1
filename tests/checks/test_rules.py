"""Rules of single checks that no misbehaviour and no specimen shows."""

import copy
import time

import pytest
from msgspec.structs import replace

from tests.checks.proving import StillClock, findings_of, outcomes_of
from tests.probing.running import OWNER, a_check, run, vendor
from verifier import discovery
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.checks.paged import PAGED, PagedShelf
from verifier.checks.scoped import READ, SCOPED, WRITE, Office
from verifier.checks.specimens import ITEMS, Shelf
from verifier.errors import VendorUnreachable
from verifier.model import (
    Draw,
    Failure,
    FailureKind,
    Level,
    Principal,
    SecretReference,
    Specimen,
    Status,
)

CHECKS = discovery.checks()


def said(id, answer, document=None):
    specimen = Specimen(document=document, answer=answer)
    return outcomes_of(CHECKS[id], specimen, StillClock(time.time()))


def test_an_address_that_no_server_need_take_is_not_sent():
    def flow(vendor):
        yield Draw(operation="GET /items", query={"name": "x" * 9_000})
        return ()

    document = copy.deepcopy(ITEMS)
    named = {"name": "name", "in": "query", "schema": {"type": "string"}}
    document["paths"]["/items"]["get"]["parameters"] = [named]
    journal = run(a_check(flow), whom=vendor(document))
    (outcome,) = journal.outcomes()
    assert outcome.status is Status.NOT_TESTED
    assert "longer than what every server takes" in outcome.reason
    assert all(len(e.request.target) < 100 for e in journal.exchanges)


@pytest.mark.parametrize(("status", "blamed"), [(500, True), (501, False), (503, False)])
def test_a_503_says_that_nothing_is_done_now_whatever_was_asked(status, blamed):
    class Falling(Shelf):
        def parse(self, request, required=()):
            given, wrong = super().parse(request, required)
            return given, wrong and self.problem(status, "Down")

    levels = {f.level for f in findings_of(said("failure.status-discipline", Falling))}
    assert levels == ({Level.FAIL} if blamed else set())


def test_what_the_user_named_is_never_deleted_to_learn_who_may():
    deleted = []

    class Watching(Office):
        def __call__(self, request):
            if request.method == "DELETE":
                deleted.append(request.path)
            return super().__call__(request)

        def suffices(self, request, held):
            return True

    narrow = Principal(
        name="reader",
        kind="bearer",
        secrets={"token": SecretReference("env", "R")},
        scopes=frozenset({READ}),
    )
    whom = vendor(
        SCOPED,
        principals=(replace(OWNER, scopes=frozenset({READ, WRITE})), narrow),
        fixtures={"id": "it_000001", "items": "it_000001"},
    )
    check = CHECKS["credentials.scope-enforced"]
    journal = run(
        check,
        answer=Watching(),
        items=[(check.id, "DELETE /items/{id}")],
        whom=whom,
        secrets={"T": "good", "R": "narrow"},
    )
    created = {entry.path for entry in journal.entries()}
    assert set(deleted) <= created
    assert Status.ERRORED not in {o.status for o in journal.outcomes()}


def test_a_key_under_which_nothing_else_can_be_said_is_not_called_safe():
    document = copy.deepcopy(KEYED)
    body = document["paths"]["/items"]["post"]["requestBody"]["content"]["application/json"]
    body["schema"] = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"enum": ["a"]}},
        "additionalProperties": False,
    }
    (outcome,) = [
        o
        for o in said("duplicates.key-reuse-refused", KeyedShelf, document)
        if o.status is not Status.NOT_APPLICABLE
    ]
    assert outcome.status is Status.NOT_TESTED
    assert "could be said otherwise" in outcome.reason


def test_an_item_that_cannot_be_read_is_named_with_what_was_answered():
    class Forgetful(Shelf):
        def read(self, request, id):
            return self.problem(404, "No")

    for outcome in said("reach.conditional-read", Forgetful):
        assert outcome.status is Status.NOT_TESTED
        assert "answered 404" in outcome.reason


@pytest.mark.parametrize("silent_from", range(1, 9))
def test_pages_that_are_wrong_and_lists_that_hang_are_not_blamed_on_writes(silent_from):
    class Skipping(PagedShelf):
        walks = 0

        def start(self, rows, cursor):
            return super().start(rows, cursor) + bool(cursor)

        def __call__(self, request):
            if request.method == "GET" and request.path == "/items":
                self.walks += "cursor" not in request.query
                if self.walks >= silent_from:
                    return Failure(kind=FailureKind.TIMEOUT, says="nothing came", phase="wait")
            return super().__call__(request)

    try:
        outcomes = said("reach.pages-stable-under-writes", Skipping, PAGED)
    except VendorUnreachable:
        return
    assert findings_of(outcomes) == []
    assert {o.status for o in outcomes} <= {Status.NOT_TESTED, Status.NOT_APPLICABLE}
