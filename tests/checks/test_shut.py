"""Where nothing can be seen, nothing is passed: vendors that answer everybody alike."""

import json
import time

import pytest

from tests.checks.proving import StillClock, outcomes_of
from verifier import discovery
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.checks.replaceable import REPLACEABLE, ReplaceableShelf
from verifier.checks.scoped import SCOPED, Office
from verifier.checks.specimens import Shelf
from verifier.errors import VendorUnreachable
from verifier.model import Effect, Response, Specimen, Status

CHECKS = [c for c in discovery.checks().values() if c.effect is not Effect.NONE]
JSON, HTML = "application/problem+json", "text/html"


def alike(status, kind=JSON):
    problem = json.dumps({"type": "about:blank", "title": "No", "status": status, "code": "no"})
    body = "<html><body>Welcome!</body></html>" if kind == HTML else problem
    return lambda request: Response(
        status=status, headers=(("content-type", kind),), body=body.encode()
    )


# Each with its checks that may still pass, for they did see what they look at.
EVERYBODY = {
    "down": (
        alike(503),
        {
            "failure.nothing-leaks",  # the errors were read
            "failure.slow-is-bounded",  # an answer came
        },
    ),
    "empty": (
        alike(404),
        {
            "failure.slow-is-bounded",  # answers came
        },
    ),
    "a page for everything": (
        alike(200, HTML),
        {
            "contract.head-matches-get",  # it does
            "contract.no-server-error",
            "contract.status-documented",  # of the list, 200 is
            "credentials.scope-sufficient",  # its status says so; the rest is failed elsewhere
            "change.deprecation-signalled",  # headers only
            "change.successor-linked",
            "change.sunset-plausible",
            "failure.nothing-leaks",
            "failure.slow-is-bounded",
            "failure.status-discipline",
            "operations.health-answers",
        },
    ),
}


def passed(check, answer):
    document = check.specimens["healthy"][0].document
    try:
        outcomes = outcomes_of(
            check, Specimen(document=document, answer=answer), StillClock(time.time())
        )
    except VendorUnreachable:
        return set()
    assert Status.ERRORED not in {o.status for o in outcomes}
    return {o.check for o in outcomes if o.status is Status.PASS}


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_check_passes_where_it_saw_nothing(name):
    answer, may = EVERYBODY[name]
    found = {id for check in CHECKS if check.specimens for id in passed(check, answer)}
    assert found == may


class Refusing(ReplaceableShelf):
    """Creates and reads, and neither replaces nor deletes."""

    def replace(self, request, id):
        return self.problem(409, "Locked")

    def delete(self, id):
        return self.problem(409, "Locked")


def test_what_was_neither_replaced_nor_deleted_is_no_proof_of_either():
    check = discovery.find_check("failure.put-and-delete-idempotent")
    specimen = Specimen(document=REPLACEABLE, answer=Refusing)
    (outcome,) = outcomes_of(check, specimen, StillClock(time.time()))
    assert outcome.status is Status.NOT_TESTED
    assert outcome.reason == (
        "replacing twice could not be seen: PUT answered 409; "
        "deleting twice could not be seen: DELETE answered 409"
    )


class Nameless(KeyedShelf):
    """Tells nobody the id of what it created."""

    def create(self, request):
        answer = super().create(request)
        return self.json(answer.status, {}) if answer.status == 201 else answer


def test_two_answers_without_an_id_are_not_taken_for_one_item():
    check = discovery.find_check("duplicates.key-scoped-to-principal")
    specimen = Specimen(document=KEYED, answer=Nameless)
    outcomes = outcomes_of(check, specimen, StillClock(time.time()))
    (creation,) = (o for o in outcomes if o.subject == "POST /items")
    assert creation.status is Status.NOT_TESTED


class Named(KeyedShelf):
    """Calls what it makes as whoever asks does, and names nothing by itself."""

    def create(self, request):
        answer = super().create(request)
        name = json.loads(request.body).get("name")
        return self.json(answer.status, {"id": name}) if answer.status == 201 else answer


@pytest.mark.parametrize(
    "id", ["duplicates.key-scoped-to-principal", "duplicates.different-keys-differ"]
)
def test_an_id_that_we_chose_ourselves_is_no_sign_of_one_item(id):
    specimen = Specimen(document=KEYED, answer=Named)
    outcomes = outcomes_of(discovery.find_check(id), specimen, StillClock(time.time()))
    (creation,) = (o for o in outcomes if o.subject == "POST /items")
    assert creation.status is Status.NOT_TESTED


class Masked(Office):
    """Shows everybody's items, and says 200 where there is none."""

    def item(self, request, id):
        return super(Office, self).item(request, id)

    def missing(self, request, id):
        return self.json(200, {"error": "not found"})


def test_an_item_that_is_shown_is_a_leak_though_what_is_not_there_is_answered_200_too():
    check = discovery.find_check("credentials.tenant-isolated")
    (outcome,) = outcomes_of(
        check, Specimen(document=SCOPED, answer=Masked), StillClock(time.time())
    )
    assert outcome.status is Status.FAIL
    assert "read" in {f.signature.rpartition("-")[2] for f in outcome.findings}


def test_a_whole_collection_is_never_deleted_to_see_whether_a_key_may():
    paths = {**SCOPED["paths"]}
    clearing = {**paths["/items/{id}"]["delete"], "operationId": "clearItems", "parameters": []}
    paths["/items"] = {**paths["/items"], "delete": clearing}
    check = discovery.find_check("credentials.scope-enforced")
    specimen = Specimen(document={**SCOPED, "paths": paths}, answer=Office)
    outcomes = outcomes_of(check, specimen, StillClock(time.time()))
    (clearing,) = (o for o in outcomes if o.subject == "DELETE /items")
    assert clearing.status is Status.NOT_APPLICABLE
    assert "nothing is deleted but what was created for it" in clearing.reason


class Empty(Shelf):
    """Says that there is nothing, before it looks at any credential."""

    def list(self, request):
        return self.problem(404, "Nothing here")

    def admits(self, request):
        return request.path == "/items" or super().admits(request)


def test_what_is_not_there_for_anybody_is_neither_open_nor_locked():
    check = discovery.find_check("credentials.missing-refused")
    outcomes = outcomes_of(check, Specimen(answer=Empty), StillClock(time.time()))
    assert Status.PASS in {o.status for o in outcomes}
    (listing,) = (o for o in outcomes if o.subject == "GET /items")
    assert listing.status is Status.NOT_TESTED
    assert "whoever has a credential is told the same" in listing.reason


@pytest.mark.parametrize("up", [True, False])
def test_what_is_open_or_down_for_everybody_says_nothing_of_credentials(up):
    class Alike(Shelf):
        """Lets everybody in, or is down."""

        def admits(self, request):
            return True

        def answer(self, request):
            return super().answer(request) if up else self.problem(503, "Down")

    check = discovery.find_check("credentials.garbage-refused")
    (outcome,) = outcomes_of(check, Specimen(answer=Alike), StillClock(time.time()))
    assert outcome.status is Status.NOT_TESTED
