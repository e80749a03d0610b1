"""What answers say beside the things: errors without inventions, statuses, and what leads on."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT = {"type": "string"}
ERROR = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "message": TEXT,
        "code": TEXT,
        "pointer": TEXT,
        "help": TEXT,
        "payment": {"type": "object", "properties": {"status": TEXT, "description": TEXT}},
    },
}


def variable(name):
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def answer(schema):
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


BODY = {"content": {"application/json": {"schema": reference("Box")}}}
BOX, BAD = answer(reference("Box")), answer(reference("Bad"))
READ = {"parameters": [variable("id")], "responses": {"200": BOX, "default": BAD}}


def document(paths):
    schemas = {
        "Box": {"type": "object", "properties": {"id": TEXT, "label": TEXT}},
        "Bad": {"type": "object", "required": ["error"], "properties": {"error": ERROR}},
    }
    about = {"openapi": "3.0.3", "info": {"title": "Boxes", "version": "1"}}
    return from_mapping({**about, "paths": paths, "components": {"schemas": schemas}})


@pytest.fixture(scope="module")
def boxes():
    make = {"requestBody": BODY, "responses": {"201": BOX, "default": BAD}}
    return document({"/boxes": {"post": make}, "/boxes/{id}": {"get": READ}})


def test_an_error_says_what_is_wrong_and_nothing_that_was_made_up(boxes):
    status, error, _ = Asker(boxes).ask("GET", "/boxes/nothing")
    assert (status, set(error["error"])) == (404, {"message", "code"})
    status, error, _ = Asker(boxes).ask("POST", "/boxes", {"label": 3})
    assert (status, error["error"]["pointer"]) == (400, "label")
    assert set(error["error"]) == {"message", "code", "pointer"}


def test_a_list_of_wrong_fields_is_left_out_where_no_field_is_wrong():
    wrong = {"type": "object", "required": ["field"], "properties": {"field": TEXT}}
    error = {"type": "object", "properties": {"errors": {"type": "array", "items": wrong}}}
    refused = {"200": BOX, "404": answer(error), "422": answer(error)}
    made = {"requestBody": BODY, "responses": {"201": BOX, **refused}}
    read = {"parameters": [variable("id")], "responses": refused}
    one = Asker(document({"/boxes": {"post": made}, "/boxes/{id}": {"get": read}}))
    assert one.ask("GET", "/boxes/nothing")[:2] == (404, {})
    assert one.ask("POST", "/boxes", {"label": 3})[:2] == (422, {"errors": [{"field": "label"}]})


def test_what_means_no_operation_is_refused_in_the_vendors_words(boxes):
    status, error, _ = Asker(boxes).ask("GET", "/nowhere")
    assert (status, set(error)) == (404, {"error"})


def test_a_thing_that_is_put_is_new_once():
    put = {
        "parameters": [variable("id")],
        "requestBody": BODY,
        "responses": {
            "201": answer({"type": "object", "additionalProperties": False}),
            "204": {"description": ""},
        },
    }
    one = Asker(document({"/boxes/{id}": {"put": put, "get": READ}}))
    assert one.ask("PUT", "/boxes/a", {"label": "x"})[:2] == (201, {})
    assert one.ask("PUT", "/boxes/a", {"label": "y"})[0] == 204
    assert one.ask("GET", "/boxes/a")[1]["label"] == "y"


def test_a_container_may_be_called_otherwise_where_things_are_made():
    made = {"parameters": [variable("id")], "requestBody": BODY, "responses": {"200": BOX}}
    read = {"parameters": [variable("shelf"), variable("id")], "responses": READ["responses"]}
    shelf = {"parameters": [variable("shelf")], "responses": READ["responses"]}
    paths = {
        "/shelves": {"post": {"requestBody": BODY, "responses": {"200": BOX}}},
        "/shelves/{shelf}": {"get": shelf},
        "/shelves/{id}/boxes": {"post": made},
        "/shelves/{shelf}/boxes/{id}": {"get": read},
    }
    one = Asker(document(paths))
    around = one.ask("POST", "/shelves", {})[1]["id"]
    box = one.ask("POST", f"/shelves/{around}/boxes", {"label": "x"})[1]
    assert box["id"] != around
    assert one.ask("GET", f"/shelves/{around}/boxes/{box['id']}")[:2] == (200, box)


def test_an_object_that_leads_on_does_so_in_every_way_that_it_knows():
    told = {"offset": TEXT, "path": TEXT, "uri": {"type": "string", "format": "uri"}}
    page = {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": reference("Box")},
            "next_page": {"type": "object", "nullable": True, "properties": told},
        },
    }
    sorts = {"offset": TEXT, "limit": {"type": "integer"}}
    asks = [{"name": name, "in": "query", "schema": sort} for name, sort in sorts.items()]
    make = {"requestBody": BODY, "responses": {"201": BOX}}
    listing = {"parameters": asks, "responses": {"200": answer(page)}}
    one = Asker(document({"/boxes": {"post": make, "get": listing}, "/boxes/{id}": {"get": READ}}))
    for label in "abc":
        one.ask("POST", "/boxes", {"label": label})
    first = one.ask("GET", "/boxes?limit=2", Host="mock")[1]["next_page"]
    assert first["path"] == f"/boxes?limit=2&offset={first['offset']}"
    assert first["uri"] == f"http://mock{first['path']}"
    last = one.ask("GET", first["path"], Host="mock")[1]
    assert ([box["label"] for box in last["data"]], last["next_page"]) == (["c"], None)


@pytest.mark.parametrize("null", [{"type": "null"}, {"title": "Nothing", "type": "null"}])
def test_where_only_null_may_be_answered_null_is_and_the_request_counts(null):
    parts = {"parameters": [variable("id")], "responses": {"202": answer(null), "404": BAD}}
    made = {"requestBody": BODY, "responses": {"201": BOX}}
    read = {"parameters": [variable("id")], "responses": {"200": BOX, "404": BAD}}
    one = Asker(document({"/boxes": {"post": made}, "/boxes/{id}": {"get": read, "delete": parts}}))
    box = one.ask("POST", "/boxes", {"label": "x"})[1]["id"]
    gone = one.take("DELETE", f"/boxes/{box}").answer
    assert (gone.status, gone.body) == (202, b"null")
    assert one.ask("GET", f"/boxes/{box}")[0] == 404
    add = {"requestBody": BODY, "responses": {"201": answer(null)}}
    told = Asker(document({"/boxes": {"post": add}})).take("POST", "/boxes", {"label": "x"}).answer
    assert (told.status, told.body) == (201, b"null")
