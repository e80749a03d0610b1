"""What is edited in one place is told once and of that place, whoever holds it."""

import json

import pytest

from tests.diffing.editing import ABSENT, SMALL, changes, edited, told
from verifier.diffing import compare
from verifier.loading import load

GET, POST = "/paths/~1items/get", "/paths/~1items/post"
OK = f"{GET}/responses/200"
NEW = "/components/schemas/NewItem"
TEXT = {"type": "string"}
BASE = "/components/schemas/Base"


def shared(*edits):
    """A document in which two schemas and an answer are put together from one, with an edit."""
    base = {"$ref": "#/components/schemas/Base"}
    answer = {"allOf": [base, {"type": "object", "properties": {"a": TEXT}}]}
    document = edited(
        (BASE, {"type": "object", "properties": {"id": TEXT}}),
        ("/components/schemas/First", {"allOf": [base, {"type": "object", "required": ["x"]}]}),
        ("/components/schemas/Second", {"properties": {"y": TEXT}, "allOf": [base]}),
        (f"{OK}/content/application~1json/schema", answer),
    )
    for name in ("First", "Second"):
        schema = {"$ref": f"#/components/schemas/{name}"}
        answer = {"200": {"content": {"application/json": {"schema": schema}}}}
        document["paths"][f"/{name}"] = {"get": {"responses": answer}}
    return edited(*edits, base=document)


@pytest.mark.parametrize(
    ("edit", "told_as"),
    [
        ((f"{BASE}/required", ["id"]), "info response properties.required"),
        ((f"{BASE}/required", ["ghost"]), "info response properties.required"),
        ((f"{BASE}/maxProperties", 9), "info response ranges.limited"),
        ((f"{BASE}/additionalProperties", TEXT), "info response objects.limited"),
        ((f"{BASE}/deprecated", True), "info response lifecycle.member-marked"),
        ((f"{BASE}/properties/id/maxLength", 9), "info response ranges.limited"),
    ],
)
def test_what_several_schemas_have_in_common_is_told_of_itself_and_once(edit, told_as):
    found = changes(shared(), shared(edit))
    assert told(found) == [told_as]
    assert found[0].reach == 3
    assert str(found[0].new).startswith(f"#{BASE}")
    assert "schema base" in found[0].says.lower()


def test_where_two_parts_of_a_schema_differ_the_whole_is_told():
    edits = [(f"{BASE}/maxProperties", 9), ("/components/schemas/First/allOf/1/maxProperties", 5)]
    found = changes(shared(), shared(*edits))
    assert {str(c.new) for c in found if "First" in c.says} == {"#/components/schemas/First"}


def test_null_that_a_named_schema_lets_through_itself_is_told_of_it_and_once():
    old = edited((f"{OK}/content/application~1json/schema", {"$ref": "#/components/schemas/Item"}))
    item = {"anyOf": [SMALL["components"]["schemas"]["Item"], {"type": "null"}]}
    new = edited(("/components/schemas/Item", item), base=old)
    found = [c for c in changes(old, new) if c.direction == "response"]
    assert told(found) == ["breaking response types.null-allowed"]
    assert str(found[0].old) == "#/components/schemas/Item"
    assert found[0].reach == 2


@pytest.mark.parametrize(
    "edit",
    [
        ("/security", [{"key": []}]),
        ("/security", []),
        ("/components/securitySchemes/other", {"type": "apiKey", "in": "query", "name": "k"}),
        (f"{GET}/security", [{"oauth": ["read", "write"]}]),
    ],
)
def test_what_is_needed_to_be_let_in_has_a_place(edit):
    both = edited(("/security/0", {"key": [], "other": []})) if "other" in edit[0] else SMALL
    for change in (*changes(both, edited(edit)), *changes(edited(edit), both)):
        if change.rule.startswith("security."):
            assert change.old is not None
            assert change.new is not None
            assert change.old.path.endswith(("/security", "/get", "/post", "/delete"))


def test_a_header_that_many_answers_name_is_told_once():
    headers = {"X-Left": {"$ref": "#/components/headers/Left"}}
    named = [(f"{OK}/headers", headers), (f"{POST}/responses/201/headers", headers)]
    old = edited(("/components/headers", {"Left": {"schema": TEXT}}), *named)
    new = edited(("/components/headers/Left/required", True), base=old)
    assert told(changes(old, new)) == ["info response answers.header-required"]
    change, *_ = changes(new, old)
    assert change.says == "The header X-Left may now be missing."
    assert change.reach == 2


def test_a_callback_goes_and_comes_with_its_operation():
    event = {"{$request.query.url}": {"post": {"responses": {"200": {"description": "Heard."}}}}}
    asked = {"responses": {"200": {"description": "Ok."}}, "callbacks": {"done": event}}
    new = edited(("/paths/~1hear", {"post": asked}))
    assert told(changes(SMALL, new)) == ["info request operations.added"]
    assert told(changes(new, SMALL)) == ["breaking request operations.removed"]
    silent = edited(("/paths/~1hear/post/callbacks", ABSENT), base=new)
    assert told(changes(new, silent)) == ["breaking response operations.event-removed"]


def test_a_form_that_is_also_taken_as_json_is_told_as_the_form_and_once(tmp_path):
    def swagger(kind):
        field = {"name": "size", "in": "formData", "type": kind, "required": kind == "string"}
        asked = {"consumes": ["application/x-www-form-urlencoded", "application/json"]}
        answers = {"200": {"description": "Ok."}}
        post = {**asked, "parameters": [field], "responses": answers}
        info = {"title": "Forms", "version": "1"}
        path = tmp_path / f"{kind}.json"
        written = {"swagger": "2.0", "info": info, "paths": {"/things": {"post": post}}}
        path.write_text(json.dumps(written))
        return load(path)

    assert told(compare(swagger("integer"), swagger("string"))) == [
        "breaking request bodies.required",
        "breaking request properties.required",
        "info request types.widened",
    ]
