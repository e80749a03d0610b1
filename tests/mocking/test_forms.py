"""A thing is the same wherever it is shown, whatever each place can say of it."""

import pytest

from tests.mocking.asking import Asker
from verifier.loading import from_mapping

TEXT = {"type": "string"}


def form(kind, **members):
    named = {"id": {**TEXT, "readOnly": True}, "type": {"type": "string", "enum": [kind]}}
    properties = {**named, **dict.fromkeys(members, TEXT)}
    need = ["type", *members]
    shape = {"type": "object", "required": need, "properties": properties}
    return {**shape, "additionalProperties": False}


FORMS = [form("repository", address=1, branch=1), form("file", file_id=1)]
GIVEN = [
    {"type": "file", "file_id": "file-1"},
    {"type": "repository", "address": "here", "branch": "main"},
]


def vendor(made, *, given=None, read=None, rows=None, key="id", error=None):
    """Parts: what is given to make one, how it is answered, read and listed, and refused."""

    def content(schema):
        return {"content": {"application/json": {"schema": schema}}}

    def answer(status, schema):
        return {"responses": {status: {"description": "Done.", **content(schema)}}}

    listed = {"type": "array", "items": made if rows is None else rows}
    named = {"name": key, "in": "path", "required": True, "schema": TEXT}
    creating = {"requestBody": content(given or made), **answer("201", made)}
    if error is not None:
        creating["responses"]["400"] = answer("400", error)["responses"]["400"]
    reading = {"parameters": [named], **answer("200", made if read is None else read)}
    paths = {
        "/parts": {"post": creating, "get": answer("200", listed)},
        f"/parts/{{{key}}}": {"get": reading},
    }
    document = {"openapi": "3.1.0", "info": {"title": "Parts", "version": "1"}, "paths": paths}
    return Asker(from_mapping(document))


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: given["type"])
@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_what_was_made_in_one_form_is_read_in_it(keyword, given):
    asker = vendor({keyword: FORMS})
    status, made, _ = asker.ask("POST", "/parts", given)
    assert status == 201
    _, read, _ = asker.ask("GET", f"/parts/{made['id']}")
    assert {name: read.get(name) for name in given} == given


def test_what_is_nothing_is_not_something_in_a_list_that_cannot_say_so():
    known = {"id": {**TEXT, "readOnly": True}, "name": TEXT}
    topic = {"type": "string", "format": "uuid"}
    nullable = {"type": ["string", "null"], "format": "uuid"}
    made, row = (
        {"type": "object", "required": ["id"], "properties": {**known, "topic": schema}}
        for schema in (nullable, topic)
    )
    asker = vendor(made, rows=row)
    _, one, _ = asker.ask("POST", "/parts", {"name": "Chair", "topic": None})
    assert one["topic"] is None
    _, rows, _ = asker.ask("GET", "/parts")
    assert [row for row in rows if row["id"] == one["id"]] == [{"id": one["id"], "name": "Chair"}]


def test_a_thing_that_is_not_described_is_found_under_the_key_that_it_was_given():
    given = {"type": "object", "required": ["key"], "properties": {"key": TEXT, "value": TEXT}}
    asker = vendor({}, given=given, key="key")
    status, _, headers = asker.ask("POST", "/parts", {"key": "chairs", "value": "4"})
    assert (status, headers["Location"]) == (201, "/parts/chairs")
    status, read, _ = asker.ask("GET", "/parts/chairs")
    assert (status, read) == (200, {"key": "chairs", "value": "4"})


def test_a_moment_is_the_same_where_it_is_told_in_seconds():
    moment = {"type": "string", "format": "date-time"}
    given = {"type": "object", "properties": {"due": moment}}
    known = {"id": {**TEXT, "readOnly": True}, "due": {"type": "integer"}}
    asker = vendor({"type": "object", "properties": known}, given=given)
    _, made, _ = asker.ask("POST", "/parts", {"due": "2026-01-01T11:00:00+01:00"})
    assert made["due"] == 1767261600


def test_what_a_creation_may_give_is_kept_though_the_answer_calls_it_read_only():
    given = {"type": "object", "properties": {"name": TEXT}}
    sealed = {**TEXT, "readOnly": True}
    asker = vendor({"type": "object", "properties": {"id": sealed, "name": sealed}}, given=given)
    _, made, _ = asker.ask("POST", "/parts", {"name": "Chair"})
    assert made["name"] == "Chair"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ({"type": "array", "items": {"properties": {"field": TEXT}}}, [{"field": "size"}]),
        ({"properties": {"errors": {"type": "object", "additionalProperties": TEXT}}}, {"size"}),
        ({"properties": {"code": {"enum": ["bad_request", "gone"]}}}, {"code": "bad_request"}),
    ],
    ids=["a list of errors", "a map of fields", "one of the listed codes"],
)
def test_an_error_is_told_in_the_form_that_the_document_has_for_it(error, told):
    given = {"type": "object", "properties": {"size": {"type": "integer"}}}
    asker = vendor({"type": "object"}, given=given, error=error)
    status, said, _ = asker.ask("POST", "/parts", {"size": "large"})
    assert status == 400
    assert (set(said["errors"]) if isinstance(told, set) else said) == told


def test_a_body_that_cannot_be_read_is_named_where_an_error_has_places():
    one = {"required": ["loc"], "properties": {"loc": {"type": "array"}, "msg": TEXT}}
    detail = {"properties": {"detail": {"type": "array", "items": one}}}
    asker = vendor({"type": "object"}, given={"type": "object"}, error=detail)
    _, said, _ = asker.ask("POST", "/parts", b'{"torn')
    assert [error["loc"] for error in said["detail"]] == [["body"]]
    for unknown in ("/parts/none", "/nowhere"):
        status, said, _ = asker.ask("GET", unknown)
        assert (status, type(said["detail"])) == (404, str)
