"""How many a page holds: what is asked for, within what the document allows; else what it says."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

THING = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}}
THINGS = {"type": "array", "items": THING}
KEPT = 130


def answer(schema):
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def asker(size, *others):
    """One who keeps 130 things, of which a list shows a page of a size so described."""
    at = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
    turned = [{"name": name, "in": "query", "schema": {"type": "integer"}} for name in others]
    limit = [{"name": "limit", "in": "query", "schema": {"type": "integer", **size}}]
    body = {"required": True, "content": {"application/json": {"schema": THING}}}
    paths = {
        "/things": {
            "get": {"parameters": limit + turned, "responses": {"200": answer(THINGS)}},
            "post": {"requestBody": body, "responses": {"201": answer(THING)}},
        },
        "/things/{id}": {"parameters": at, "get": {"responses": {"200": answer(THING)}}},
    }
    info = {"title": "Things", "version": "1"}
    one = Asker(from_mapping({"openapi": "3.1.0", "info": info, "paths": paths}))
    for number in range(KEPT - len(one.ask("GET", "/things?limit=100")[1])):
        one.ask("POST", "/things", {"name": f"n{number}"})
    return one


@pytest.mark.parametrize(
    ("size", "query", "shown"),
    [
        ({}, "", 20),
        ({}, "?limit=7", 7),
        ({}, "?limit=1000", 100),
        ({"default": 3}, "", 3),
        ({"default": 3}, "?limit=7", 7),
        ({"maximum": 120}, "?limit=120", 120),
        ({}, "?limit=0", 1),
        ({}, "?limit=-5", 1),
    ],
)
@pytest.mark.parametrize("turned", [(), ("offset",), ("page",)])
def test_a_page_holds_what_was_asked_for_within_what_the_document_allows(
    size, query, shown, turned
):
    assert len(asker(size, *turned).ask("GET", f"/things{query}")[1]) == shown


def test_more_than_the_document_allows_is_refused():
    assert asker({"maximum": 120}).ask("GET", "/things?limit=121")[0] == 400


def test_pages_of_the_usual_size_hold_everything_once():
    one = asker({"default": 50}, "offset")
    told = [one.ask("GET", f"/things?offset={start}")[1] for start in (0, 50, 100, 150)]
    assert [len(page) for page in told] == [50, 50, 30, 0]
    assert len({thing["id"] for page in told for thing in page}) == KEPT
