"""What a run did not make stays as it is, unless somebody said that it need not."""

import copy

import pytest

from tests.probing.running import a_check, run, vendor
from verifier import discovery, planning
from verifier.checks.specimens import ITEMS, Shelf
from verifier.generating import Cases
from verifier.loading import from_mapping
from verifier.model import Draw, Environment, Send, Status, sweeping

CHECKS = discovery.checks()
CLEAR = "POST /items/bulk_delete"
MINE = {"id": "mine", "name": "Ours", "created_at": "2026-01-01T00:00:00Z"}


class Kept(Shelf):
    """Has an item that somebody keeps, and removes all of them when it is asked to."""

    def __init__(self):
        super().__init__()
        self.items["mine"] = dict(MINE)
        self.cleared = 0

    def __call__(self, request):
        if request.path == "/items/bulk_delete":
            self.cleared += 1
        return super().__call__(request)


def items(*left_out, paths=()):
    """The document of the specimens, less what cannot be done there, and with more paths."""
    document = copy.deepcopy(ITEMS)
    for path, method in left_out:
        del document["paths"][path][method]
    document["paths"] |= dict(paths)
    return document


FIXED = items(("/items", "post"), ("/items/{id}", "delete"))
SWEPT = items(
    paths={"/items/bulk_delete": {"post": {"responses": {"204": {"description": "Gone"}}}}}
)


def evaluated(document, **members):
    """The vendor after all checks were tried on it, and the journal."""
    whom = vendor(document, **members)
    plan = planning.plan(whom, CHECKS, budget=1500)
    asked = [(item.check, item.subject) for item in plan.items]
    shelf = Kept()
    checks = CHECKS.values()
    journal = run(
        *checks,
        items=asked,
        cases=plan.cases,
        budget=1500,
        answer=shelf,
        whom=whom,
    )
    return shelf, journal, plan


@pytest.mark.parametrize("name", ["id", "items"])
@pytest.mark.parametrize("document", [ITEMS, FIXED], ids=["can be created", "cannot"])
def test_what_the_user_named_is_read_and_never_changed(document, name):
    shelf, journal, _ = evaluated(document, fixtures={name: "mine"})
    asked = {e.request.method for e in journal.exchanges if e.request.path == "/items/mine"}
    assert shelf.items["mine"] == MINE
    assert "GET" in asked
    assert not asked & {"PUT", "PATCH", "POST", "DELETE"}


@pytest.mark.parametrize("name", ["id", "items"])
def test_what_the_user_named_is_changed_where_they_said_that_it_may_be(name):
    allowed = {"fixtures": {name: "mine"}, "may_change": frozenset({name})}
    shelf, journal, _ = evaluated(FIXED, **allowed)
    asked = {e.request.method for e in journal.exchanges if e.request.path == "/items/mine"}
    assert "PATCH" in asked
    assert "DELETE" not in asked
    assert shelf.items.keys() == {"mine"}


def test_what_cannot_be_changed_without_leave_says_how_to_give_it():
    _, journal, _ = evaluated(FIXED, fixtures={"items": "mine"})
    (outcome,) = (
        o
        for o in journal.outcomes()
        if (o.check, o.subject) == ("contract.valid-input-accepted", "PATCH /items/{id}")
    )
    assert "never changed" in outcome.reason
    assert "may_change: [items]" in outcome.supply


def test_what_removes_whatever_is_there_is_not_asked_of_a_real_vendor():
    shelf, _, plan = evaluated(SWEPT)
    assert shelf.cleared == 0
    reasons = {o.reason for o in plan.omitted if o.subject == CLEAR and o.status == "not tested"}
    assert reasons == {"it may remove or change what this run did not create"}
    assert {o.supply for o in plan.omitted if o.reason in reasons} == {
        f"may_change: ['{CLEAR}'] in vendor.yaml"
    }


def test_a_flow_that_asks_for_it_all_the_same_is_told_how_to_give_leave():
    def asking(vendor):
        drawn = yield Draw(operation=CLEAR)
        yield Send(drawn.request)
        return ()

    shelf = Kept()
    (outcome,) = run(a_check(asking), answer=shelf, whom=vendor(SWEPT)).outcomes()
    assert (outcome.status, outcome.supply) == (
        Status.NOT_TESTED,
        f"may_change: ['{CLEAR}'] in vendor.yaml",
    )
    assert shelf.cleared == 0


@pytest.mark.parametrize(
    "allowed", [{"may_change": frozenset({CLEAR})}, {"environment": Environment.MOCK}]
)
def test_it_is_asked_where_somebody_said_so_and_of_a_mock(allowed):
    shelf, _, _ = evaluated(SWEPT, **allowed)
    assert shelf.cleared > 0


NAMES = [
    ("POST", "/flows/bulk_delete", "", True),
    ("POST", "/chat.delete", "", True),
    ("PUT", "/members:bulkUpdate", "", True),
    ("POST", "/contacts/batch", "removeContacts", True),
    ("POST", "/admin/reset", "", True),
    ("POST", "/items/{id}/delete", "deleteItem", False),
    ("POST", "/items/{id}:clear", "", False),
    ("POST", "/items/bulk", "createItems", False),
    ("POST", "/items", "createDeletedItemsReport", False),
    ("POST", "/settings", "", False),
    ("DELETE", "/items", "clearItems", False),
    ("GET", "/items/delete", "", False),
]


@pytest.mark.parametrize(("method", "path", "id", "expected"), NAMES)
def test_what_removes_or_changes_many_is_known_by_its_name(method, path, id, expected):
    responses = {"responses": {"204": {"description": "Done"}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {method.lower(): {"operationId": id or "x", **responses}}},
    }
    (operation,) = from_mapping(document).operations
    assert sweeping(operation) is expected


def test_a_new_thing_may_be_made_beneath_what_the_user_named():
    paths = {
        f"/items/{{id}}{beneath}": {
            method: {
                "parameters": ITEMS["paths"]["/items/{id}"]["get"].get("parameters", [])
                or ITEMS["paths"]["/items/{id}"].get("parameters", []),
                "responses": {"201": {"description": "Made"}},
            }
        }
        for beneath, method in (("/notes", "post"), ("/address", "put"))
    }
    contract = from_mapping(items(paths=paths))
    cases = Cases(contract, seed=0, fixtures={"id": "mine"}, deep=False)
    filled = {
        key: [
            need.name
            for need in cases.sample(contract.operation(key), path={}, body={}, query={}).needs
        ]
        for key in ("POST /items/{id}/notes", "PUT /items/{id}/address", "GET /items/{id}")
    }
    assert filled == {
        "POST /items/{id}/notes": [],
        "PUT /items/{id}/address": ["id"],
        "GET /items/{id}": [],
    }
