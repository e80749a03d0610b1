"""What tells how many things there are tells how many are kept."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
BOX = {"type": "object", "properties": {"id": TEXT, "label": TEXT}}


def answer(schema):
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def told(schema, at="/boxes"):
    """A vendor of boxes whose ``/boxes/count`` is answered so."""
    variable = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
    body = {"content": {"application/json": {"schema": BOX}}}
    many = {"type": "array", "items": BOX}
    by = [{"name": "label", "in": "query", "schema": TEXT}]
    paths = {
        at: {
            "post": {"requestBody": body, "responses": {"201": answer(BOX)}},
            "get": {"parameters": by, "responses": {"200": answer(many)}},
        },
        "/boxes/{id}": {"get": {"parameters": variable, "responses": {"200": answer(BOX)}}},
        "/boxes/count": {"get": {"parameters": by, "responses": {"200": answer(schema)}}},
    }
    about = {"openapi": "3.1.0", "info": {"title": "Boxes", "version": "1"}}
    one = Asker(from_mapping({**about, "paths": paths}))
    before = one.ask("GET", "/boxes/count")[1]
    for label in "aab":
        one.ask("POST", at, {"label": label})
    some = one.ask("GET", "/boxes/count?label=a")[1]
    return before, some, one.ask("GET", "/boxes/count")[1]


def test_a_bare_number_counts_what_is_kept_and_what_a_filter_leaves():
    assert told(NUMBER) == (0, 2, 3)
    assert told(NUMBER, at="/boxes/") == (0, 2, 3)


@pytest.mark.parametrize("name", ["count", "box_count", "totalCount"])
def test_a_member_counts_where_its_name_is_of_nothing_else(name):
    form = {"type": "object", "required": [name], "properties": {name: NUMBER}}
    assert told(form) == ({name: 0}, {name: 2}, {name: 3})


@pytest.mark.parametrize("schema", [TEXT, {"type": "object", "properties": {"lid_count": NUMBER}}])
def test_what_counts_something_else_is_an_example_as_before(schema):
    before, _, after = told(schema)
    assert before == after
