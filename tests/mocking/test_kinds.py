"""Which things a mock keeps: what nobody can make first, and what goes by two names."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

HOLD = {"name": "hold", "in": "path", "required": True, "schema": {"type": "string"}}
HELD = {"type": "object", "properties": {"id": {"type": "string"}, "amount": {"type": "integer"}}}
TOLD = {
    "description": "",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Hold"}}},
}
HOLDS = {
    "openapi": "3.1.0",
    "info": {"title": "Holds", "version": "1"},
    "components": {"schemas": {"Hold": HELD}},
    "paths": {
        "/holds/{hold}": {"get": {"parameters": [HOLD], "responses": {"200": TOLD}}},
        "/holds/{hold}/reauthorize": {"post": {"parameters": [HOLD], "responses": {"201": TOLD}}},
    },
}


def test_what_can_only_be_made_out_of_another_is_there_from_the_beginning():
    asker = Asker(from_mapping(HOLDS))
    assert asker.ask("GET", "/holds/nobody")[0] == 404
    [first, *_] = [row.id for row in asker.mock.rows("holds")]
    assert asker.ask("GET", f"/holds/{first}")[1]["id"] == first
    status, renewed, _ = asker.ask("POST", f"/holds/{first}/reauthorize")
    assert status == 201
    assert renewed["id"] != first
    assert asker.ask("GET", f"/holds/{renewed['id']}")[1] == renewed


def test_a_thing_is_told_under_each_of_the_names_that_its_paths_know():
    person = {
        "type": "object",
        "properties": {"id": {"type": "string", "readOnly": True}, "number": {"type": "string"}},
    }
    body = {"content": {"application/json": {"schema": person}}}
    told = {"200": {"description": "", **body}, "404": {"description": ""}}
    by_id, by_number = ({**HOLD, "name": name} for name in ("id", "number"))
    paths = {
        "/people": {"post": {"requestBody": body, "responses": {"201": {**told["200"]}}}},
        "/people/{number}": {"get": {"parameters": [by_number], "responses": told}},
        "/people/{id}": {
            "get": {"parameters": [by_id], "responses": told},
            "delete": {"parameters": [by_id], "responses": {"204": {"description": ""}}},
        },
    }
    asker = Asker(from_mapping({**HOLDS, "paths": paths}))
    made = asker.ask("POST", "/people", {"number": "17"})[1]
    assert asker.ask("GET", f"/people/{made['id']}")[1] == made
    assert asker.ask("GET", "/people/17")[1] == made
    assert asker.ask("GET", "/people/nobody")[0] == 404


@pytest.mark.parametrize("twin", ["?beta=true", "#now"])
def test_what_stands_after_a_path_leads_to_the_same_things(twin):
    read = {"get": {"parameters": [HOLD], "responses": {"200": TOLD}}}
    paths = {**HOLDS["paths"], f"/holds/{{hold}}{twin}": read}
    asker = Asker(from_mapping({**HOLDS, "paths": paths}))
    assert asker.ask("GET", f"/holds/nobody{twin}")[0] == 404
    [first, *_] = [row.id for row in asker.mock.rows("holds")]
    assert asker.ask("GET", f"/holds/{first}{twin}")[1]["id"] == first


@pytest.mark.parametrize(
    ("verb", "states", "ends"),
    [
        ("capture", ["CREATED", "VOIDED", "COMPLETED"], "COMPLETED"),
        ("deactivate", ["ACTIVE", "INACTIVE"], "INACTIVE"),
        ("pay", ["OPEN", "COMPLETED", "PAID"], "PAID"),
        ("cancel", ["JOB_STATUS_RUNNING", "JOB_STATUS_CANCELLED"], "JOB_STATUS_CANCELLED"),
        ("stop?beta=true", ["running", "stopped"], "stopped"),
        ("update-evidence", ["open", "won"], "open"),
        ("send-reminder", ["open", "paid"], "open"),
    ],
)
@pytest.mark.parametrize("before", ["", "/test_helpers"])
def test_an_action_leads_to_the_status_that_its_verb_means(verb, states, ends, before):
    status = {"type": "string", "enum": states}
    bill = {"type": "object", "properties": {"id": {"type": "string"}, "status": status}}
    body = {"content": {"application/json": {"schema": bill}}}
    told = {"200": {"description": "", **body}}
    paths = {
        "/bills": {"post": {"requestBody": body, "responses": {"201": told["200"]}}},
        "/bills/{hold}": {"get": {"parameters": [HOLD], "responses": told}},
        f"{before}/bills/{{hold}}/{verb}": {"post": {"parameters": [HOLD], "responses": told}},
    }
    asker = Asker(from_mapping({**HOLDS, "paths": paths}))
    made = asker.ask("POST", "/bills", {"status": states[0]})[1]
    assert asker.ask("POST", f"{before}/bills/{made['id']}/{verb}")[0] == 200
    assert asker.ask("GET", f"/bills/{made['id']}")[1]["status"] == ends
