"""What a person is told: one sentence, where it is, and which line of the document says so."""

import pytest

from tests.validating.specimens import checking
from verifier.validating import Violation

PERSON = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 3},
        "age": {"type": "integer", "minimum": 0},
        "tags": {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True},
        "a/b": {"type": "null"},
    },
    "additionalProperties": False,
}
SCHEMA_AT = "#/components/schemas/Person"


def told(schema: dict, value: object, **given: object) -> list[Violation]:
    return list(checking(schema, **given).errors(value))


@pytest.mark.parametrize(
    ("value", "path", "says", "keyword"),
    [
        ({}, "", "lacks the required member 'name'", "required"),
        ({"name": 42}, "/name", "should be a string, is a number: 42", "type"),
        ({"name": "anna"}, "/name", "should have at most 3 characters, has 4", "maxLength"),
        ({"name": ""}, "/name", "should have at least 1 character, has 0", "minLength"),
        ({"name": "a", "age": -1}, "/age", "should be at least 0, is -1", "minimum"),
        (
            {"name": "a", "tags": ["a", "c"]},
            "/tags/1",
            'should be one of "a", "b", is a string: "c"',
            "enum",
        ),
        (
            {"name": "a", "x": 1},
            "",
            "has members that are not allowed: 'x'",
            "additionalProperties",
        ),
        ({"name": "a", "a/b": [1]}, "/a~1b", "should be null, is an array of 1 item", "type"),
        (None, "", "should be an object, is null", "type"),
        ([], "", "should be an object, is an array, empty", "type"),
        (True, "", "should be an object, is true", "type"),
    ],
)
def test_a_violation_says_where_what_and_by_which_rule(
    value: object, path: str, says: str, keyword: str
) -> None:
    (wrong,) = told({"$ref": "#/components/schemas/Person"}, value, definitions={"Person": PERSON})
    assert (path, says, keyword) == (wrong.path, wrong.says, wrong.keyword)
    assert str(wrong.schema_at).startswith(SCHEMA_AT)
    assert str(wrong.schema_at).endswith(f"/{keyword}")


def test_the_rule_is_traced_through_references_and_nullable() -> None:
    schema = {
        "properties": {"p": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/N"}]}}
    }
    (wrong,) = told(schema, {"p": 3}, definitions={"N": {"type": "string"}})
    assert wrong.path == "/p"
    assert str(wrong.schema_at) == "#/components/schemas/N/type"


def test_an_inline_rule_is_traced_to_its_own_place() -> None:
    (wrong,) = told({"properties": {"p": {"maximum": 3}}}, {"p": 4})
    root = "#/paths/~1things/post/responses/200/content/application~1json/schema"
    assert str(wrong.schema_at) == f"{root}/properties/p/maximum"


def test_a_rule_inside_a_nullable_choice_is_traced_past_what_we_wrapped() -> None:
    (wrong,) = told({"nullable": True, "allOf": [{"type": "string", "minLength": 3}]}, "a")
    assert str(wrong.schema_at).endswith("/schema/allOf/0/minLength")


def test_long_values_are_shortened() -> None:
    (wrong,) = told({"type": "integer"}, "x" * 10_000)
    assert len(wrong.says) < 120
    assert wrong.says.endswith("…")


def test_secrets_of_size_do_not_flood_lists_of_names() -> None:
    value = {f"n{i}": 1 for i in range(50)}
    (wrong,) = told({"type": "object", "additionalProperties": False}, value)
    assert wrong.says.endswith("(50 in all)")


def test_of_a_nullable_choice_the_meant_branch_is_explained() -> None:
    schema = {"anyOf": [{"type": "object", "required": ["a"]}, {"type": "null"}]}
    (wrong,) = told(schema, {}, version="3.1.0")
    assert wrong.says == "lacks the required member 'a'"


def test_of_variants_with_a_kind_the_meant_one_is_explained() -> None:
    def variant(kind: str, member: str) -> dict:
        return {
            "type": "object",
            "required": ["kind", member],
            "properties": {"kind": {"enum": [kind]}, member: {"type": "string"}},
        }

    schema = {"oneOf": [variant("card", "number"), variant("bank", "iban")]}
    (wrong,) = told(schema, {"kind": "bank", "iban": 5})
    assert (wrong.path, wrong.says) == ("/iban", "should be a string, is a number: 5")


def test_where_no_branch_is_meant_the_choice_itself_is_named() -> None:
    (wrong,) = told({"anyOf": [{"type": "string", "minLength": 2}, {"type": "integer"}]}, [])
    assert wrong.says == "should be an integer or a string, is an array, empty"
    assert wrong.keyword == "anyOf"
    (wrong,) = told({"anyOf": [{"minLength": 3}, {"pattern": "^b"}]}, "a")
    assert wrong.says == 'fits none of the 2 allowed forms, is a string: "a"'


def test_fitting_two_exclusive_forms_is_said() -> None:
    (wrong,) = told({"oneOf": [{"type": "string"}, {"minLength": 1}, {"type": "array"}]}, "a")
    assert wrong.says == ('fits 2 of the forms of which exactly one is allowed, is a string: "a"')


def test_no_more_violations_than_asked_for_and_none_twice() -> None:
    check = checking({"type": "array", "items": {"type": "string"}})
    assert len(check.errors(list(range(100)))) == 20
    assert len(check.errors(list(range(100)), limit=3)) == 3
    same = {"$ref": "#/components/schemas/S"}
    twice = checking({"allOf": [same, same]}, definitions={"S": {"type": "string"}})
    assert len(twice.errors(1)) == 1


def test_a_fine_value_has_no_errors() -> None:
    assert (
        told({"$ref": "#/components/schemas/Person"}, {"name": "a"}, definitions={"Person": PERSON})
        == []
    )
