"""What real vendors' documents made sound vendors seem to do wrong: nothing is said of it."""

import json
import time

import pytest

from tests.checks.proving import StillClock, findings_of, outcomes_of
from verifier import discovery
from verifier.checks.hooked import HOOKED, Hooked
from verifier.checks.scoped import SCOPED, Office
from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Level, Response, Specimen, Status

TEXT = {"type": "string"}
UPDATE = "contract.update-is-visible"
FAITHFUL = "contract.writes-are-faithful"
ISOLATED = "credentials.tenant-isolated"


def asked(id, answer, document):
    check = discovery.find_check(id)
    return outcomes_of(check, Specimen(document=document, answer=answer), StillClock(time.time()))


def grown(**members):
    """The items of the specimens, with more members."""
    schemas = {
        name: {**schema, "properties": {**schema["properties"], **members}}
        if "properties" in schema
        else schema
        for name, schema in ITEMS["components"]["schemas"].items()
    }
    return document(paths=ITEMS["paths"], components={**ITEMS["components"], "schemas": schemas})


class Roomy(Shelf):
    """Keeps whatever it is given, and says when that was, as everybody may by its document."""

    changes = 0

    def parse(self, request, required=()):
        self.changes += 1
        return json.loads(request.body) | {"updated_at": f"at {self.changes}"}, None


def test_a_stamp_that_moves_with_a_change_is_no_other_change():
    (outcome,) = asked(UPDATE, Roomy, grown(updated_at=TEXT))
    assert outcome.status is Status.PASS


@pytest.mark.parametrize("name", ["password", "idempotency_key"])
def test_what_is_blacked_out_or_made_anew_for_each_request_is_not_taken_for_another(name):
    (outcome,) = asked(FAITHFUL, Roomy, grown(**{name: TEXT}))
    assert outcome.status is Status.PASS


class Patched(Shelf):
    """Refuses a patch of what is not there."""

    def update(self, request, id):
        return self.problem(422, "There is nothing at this path")


def test_a_patch_of_what_is_not_there_is_no_valid_request():
    step = {
        "type": "object",
        "required": ["op", "path"],
        "properties": {"op": {"enum": ["add"]}, "path": TEXT},
    }
    body = {"application/json": {"schema": {"type": "array", "items": step, "minItems": 1}}}
    paths = {
        path: {
            name: {**held, "requestBody": {"required": True, "content": body}}
            if name == "patch"
            else held
            for name, held in item.items()
        }
        for path, item in ITEMS["paths"].items()
    }
    changed = document(paths=paths, components=ITEMS["components"])
    outcomes = asked("contract.valid-input-accepted", Patched, changed)
    assert "PATCH /items/{id}" in {o.subject for o in outcomes}
    assert findings_of(outcomes) == []


class Catalogue(Office):
    """Shows the same items to everybody."""

    def owns(self, item):
        return True


class Careless(Office):
    """Lists what is the caller's, and shows whatever is asked for."""

    def item(self, request, id):
        return super(Office, self).item(request, id)


class Reading:
    """Has an item that nobody here made, and takes none."""

    def __init__(self):
        super().__init__()
        self.items["it-1"] = {"id": "it-1", "name": "Ours", "created_at": "2026-01-01T00:00:00Z"}
        self.items["it-1"]["tenant"] = "one"


READ_ONLY = {
    **SCOPED,
    "paths": {
        path: {name: held for name, held in item.items() if name in ("get", "parameters")}
        for path, item in SCOPED["paths"].items()
    },
}


@pytest.mark.parametrize(
    ("kind", "level"), [(Office, None), (Catalogue, Level.REVIEW), (Careless, Level.FAIL)]
)
def test_what_is_there_for_everybody_is_told_from_what_leaks(kind, level):
    found = findings_of(asked(ISOLATED, type("Sold", (Reading, kind), {}), READ_ONLY))
    assert {finding.level for finding in found} == ({level} if level else set())


class Silent(Hooked):
    """Tells nothing."""

    def announce(self, item):
        pass


def test_silence_after_a_creation_is_no_lost_event_where_no_event_is_documented():
    unnamed = {name: held for name, held in HOOKED.items() if name != "webhooks"}
    (outcome,) = asked("reach.webhook-delivered", Silent, unnamed)
    assert outcome.status is Status.NOT_TESTED
    assert "no event is documented" in outcome.reason


def test_a_key_without_scopes_beside_one_with_them_does_not_hide_that_those_can_be_small():
    paths = {
        path: {
            name: {**held, "security": [{"pat": []}, *held["security"]]}
            if isinstance(held, dict)
            else held
            for name, held in item.items()
        }
        for path, item in SCOPED["paths"].items()
    }
    schemes = {
        **SCOPED["components"]["securitySchemes"],
        "pat": {"type": "http", "scheme": "bearer"},
    }
    both = {**SCOPED, "paths": paths}
    both["components"] = {**SCOPED["components"], "securitySchemes": schemes}
    assert findings_of(asked("credentials.least-privilege-possible", None, both)) == []


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("Quote not found", None),
        ("The deployment could not be found", None),
        ("keyset id unknown.", None),
        ("No such shelf", None),
        ("Required field not found", Level.FAIL),
        ("No such parameter", Level.FAIL),
        ("A note, please", Level.FAIL),
    ],
)
def test_what_names_something_that_is_not_there_is_no_refusal_of_what_is_valid(told, level):
    class Choosing(Shelf):
        def create(self, request):
            return self.problem(400, told)

    found = findings_of(asked("contract.valid-input-accepted", Choosing, ITEMS))
    assert {finding.level for finding in found} == ({level} if level else set())


class Site(Shelf):
    """Answers everybody and everything with a page for people."""

    def __call__(self, request):
        html = (("Content-Type", "text/html; charset=utf-8"),)
        return Response(status=200, headers=html, body=b"<html><body>Welcome</body></html>")


SILENT = ["credentials.missing-refused", "contract.invalid-input-refused"]


@pytest.mark.parametrize("id", [*SILENT, "contract.valid-input-accepted"])
def test_a_web_page_lets_nobody_in_and_accepts_nothing(id):
    outcomes = asked(id, Site, SCOPED if id.startswith("credentials") else ITEMS)
    assert {o.status for o in outcomes} <= {Status.NOT_TESTED, Status.NOT_APPLICABLE}
    assert Status.NOT_TESTED in {o.status for o in outcomes}


def test_a_web_page_where_data_is_promised_is_what_is_reported():
    assert findings_of(asked("contract.media-type-documented", Site, ITEMS))


@pytest.mark.parametrize(("status", "asks"), [(503, "Why was this down"), (500, "Handle this")])
def test_what_is_down_is_not_asked_to_mind_its_input(status, asks):
    class Failing(Shelf):
        def create(self, request):
            return self.problem(status, "Sorry")

    found = findings_of(asked("contract.no-server-error", Failing, ITEMS))
    told = {f.ask.split(",")[0] for f in found if f.signature.endswith(":valid")}
    assert [ask.startswith(asks) for ask in told] == [True]
