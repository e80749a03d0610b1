"""The smallest set of scopes for a need, and what our keys hold beside it."""

import json

import pytest

from tests.places import ROOT
from verifier.loading import from_mapping
from verifier.model import smallest_privilege

SAMPLE = ROOT / "specs" / "acme-billing"


def door(*ways):
    return {"responses": {}, "security": [{"oauth": list(way)} for way in ways]}


def contract(**operations):
    scheme = {"type": "oauth2", "flows": {}}
    paths = {f"/{name}": {"get": given} for name, given in operations.items()}
    return from_mapping(
        {
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": paths,
            "components": {"securitySchemes": {"oauth": scheme}},
        }
    )


def test_of_two_ways_in_the_one_that_opens_least_beside_is_taken():
    doors = contract(a=door(["all"], ["a"]), b=door(["all"], ["b"]), c=door(["all"]))
    found = smallest_privilege(doors, ["GET /a", "GET /b"])
    assert (found.scopes, found.beyond) == ({"a", "b"}, ())


def test_of_equals_the_fewest_scopes_are_taken():
    doors = contract(a=door(["ab"], ["a"]), b=door(["ab"], ["b"]))
    assert smallest_privilege(doors, ["GET /a", "GET /b"]).scopes == {"ab"}


def test_what_names_no_scope_is_said_and_what_is_open_needs_none():
    doors = contract(a=door([]), b={"responses": {}})
    found = smallest_privilege(doors, ["GET /a", "GET /b"])
    assert (found.scopes, found.unscoped) == (frozenset(), ("GET /a",))


def test_so_many_ways_that_not_all_can_be_tried_still_give_an_answer():
    many = {f"p{n}": door(*([f"s{n}-{m}"] for m in range(12))) for n in range(12)}
    found = smallest_privilege(contract(**many), [f"GET /p{n}" for n in range(12)])
    assert len(found.scopes) == 12


ASKED = ("scopes", SAMPLE, "--need", "createInvoice", "--need", "GET /orders")


def test_the_command_names_the_scopes_and_holds_our_keys_against_them(command):
    code, out, _ = command(*ASKED)
    assert code == 0
    assert "a key needs: invoices:write, orders:read" in out
    assert "clerk: lacks invoices:write" in out


def test_the_command_tells_machines_the_same(command):
    _, out, _ = command(*ASKED, "--json")
    told = json.loads(out)
    assert told["scopes"] == ["invoices:write", "orders:read"]
    assert "GET /orders/{order_id}" in told["beyond"]


@pytest.mark.parametrize("need", [(), ("--need", "createInvoce")])
def test_a_need_that_is_none_is_told_with_its_mend(command, need):
    code, _, err = command("scopes", SAMPLE, *need)
    assert code == 2
    assert "createInvoice" in err
