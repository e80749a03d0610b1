"""Typical values: valid always, plausible where the schema leaves room."""

import random
import re

import pytest

from tests.sampling.specimens import judging, sampling, typical
from verifier.sampling import Unsatisfiable, sampler
from verifier.validating import Direction

NODE = {
    "type": "object",
    "required": ["name", "children"],
    "properties": {
        "name": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        "parent": {"$ref": "#/components/schemas/Node"},
    },
}
SCHEMAS = {
    "nothing said": {},
    "a bounded integer": {"type": "integer", "minimum": 5, "exclusiveMaximum": 6},
    "a factor": {"type": "number", "multipleOf": 0.05, "minimum": 1, "maximum": 1.1},
    "a large factor": {"type": "integer", "multipleOf": 25, "minimum": 30, "maximum": 60},
    "only negative numbers": {"type": "number", "exclusiveMaximum": 0, "minimum": -0.001},
    "long text": {"type": "string", "minLength": 900, "maxLength": 901},
    "a pattern": {"type": "string", "pattern": "^[A-Z]{3}-\\d{4,6}(?:/[a-f]+)?$"},
    "a pattern and a length": {"type": "string", "pattern": "^[a-z_]+$", "minLength": 30},
    "a pattern of ECMA": {"type": "string", "pattern": "^\\p{L}[\\p{L}\\d\\-]*$"},
    "a pattern with look-ahead": {"type": "string", "pattern": "^(?=.*\\d)[a-z0-9]{6,8}$"},
    "unique items": {"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 3}
    | {"uniqueItems": True},
    "a tuple": {"type": "array", "prefixItems": [{"const": 1}, {"type": "string"}]}
    | {"items": False, "minItems": 2},
    "contained": {"type": "array", "contains": {"const": 7}, "minItems": 2},
    "a count of members": {"type": "object", "minProperties": 3},
    "named members": {
        "type": "object",
        "minProperties": 2,
        "propertyNames": {"pattern": "^x-[a-z]{3}$"},
        "additionalProperties": {"type": "integer"},
    },
    "patterned members": {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {"^k[0-9]$": {"type": "boolean"}},
        "additionalProperties": False,
    },
    "dependent members": {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "dependentRequired": {"a": ["b"]},
    },
    "at most one member": {
        "type": "object",
        "properties": {n: {"type": "integer"} for n in "abcdef"},
        "maxProperties": 1,
    },
    "all of": {
        "allOf": [
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
            {"properties": {"a": {"minimum": 10}, "b": {"enum": ["x"]}}, "required": ["b"]},
        ]
    },
    "one of, by a constant": {
        "oneOf": [
            {"type": "object", "required": ["k"], "properties": {"k": {"const": c}}} for c in "abc"
        ]
    },
    "one of two members": {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    "any of two groups": {
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
        "oneOf": [{"required": ["c"]}, {"required": ["d"]}],
        "properties": {n: {"type": "string"} for n in "abcd"},
    },
    "not": {"type": "integer", "minimum": 1, "maximum": 3, "not": {"const": 2}},
    "if, then, else": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["card", "cash"]}, "number": {"type": "string"}},
        "if": {"properties": {"kind": {"const": "card"}}},
        "then": {"required": ["number"]},
        "else": {"not": {"required": ["number"]}},
    },
    "itself": {"$ref": "#/components/schemas/Node"},
}


@pytest.mark.parametrize("says", SCHEMAS)
def test_whatever_is_made_is_valid(says):
    sampled = sampling(SCHEMAS[says], definitions={"Node": NODE})
    judge = judging(sampled)
    for seed in range(20):
        for made in (sampled.typical, sampled.minimal, sampled.full):
            value = made(random.Random(seed))
            assert judge.accepts(value), value


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"type": "integer", "minimum": 3, "maximum": 2}, "should be"),
        ({"type": "string", "pattern": "^a$", "minLength": 5}, "does not match"),
        ({"not": {}}, "value"),
        ({"type": "array", "minItems": 10**9, "items": {"type": "integer"}}, "should"),
        ({"$ref": "#/components/schemas/Endless"}, "/again"),
    ],
)
def test_what_cannot_be_made_is_said_with_the_reason(schema, says):
    endless = {
        "type": "object",
        "required": ["again"],
        "properties": {"again": {"$ref": "#/components/schemas/Endless"}},
    }
    with pytest.raises(Unsatisfiable, match=says) as caught:
        typical(schema, definitions={"Endless": endless})
    assert "requestBody" in str(caught.value)


@pytest.mark.parametrize(
    ("schema", "shown"),
    [
        ({"type": "string", "example": "shown"}, "shown"),
        ({"type": "string", "examples": ["shown"]}, "shown"),
        ({"type": "string", "default": "shown"}, "shown"),
        ({"type": "integer", "example": 77}, 77),
        ({"type": "object", "example": {"a": 1}}, {"a": 1}),
    ],
)
def test_what_the_document_shows_comes_first(schema, shown):
    assert typical(schema) == shown


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "example": "not a number"},
        {"type": "string", "maxLength": 3, "example": "too long"},
        {"type": "object", "required": ["a"], "example": {"b": 1}},
    ],
)
def test_an_example_that_breaks_its_own_schema_is_not_taken(schema):
    assert typical(schema) != schema["example"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("billing_email", r"\S+@example\.(com|org)"),
        ("countryCode", r"[A-Z]{2}"),
        ("currency", r"[A-Z]{3}"),
        ("firstName", r"Ada|Grace"),
        ("website_url", r"https://.*"),
        ("phone", r"\+\d+"),
        ("postal_code", r"\d{5}.*"),
        ("totalAmount", r"\d+\.\d{2}"),
    ],
)
def test_a_name_says_what_belongs_there(name, expected):
    assert re.fullmatch(expected, typical({"type": "string"}, name))


def test_a_name_never_wins_against_the_schema():
    assert typical({"type": "string", "pattern": "^[0-9]{4}$"}, "email").isdigit()
    assert typical({"type": "string", "maxLength": 2}, "currency") != "EUR"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("date-time", r"2026-\d\d-\d\dT\d\d:\d\d:00Z"),
        ("date", r"2026-\d\d-\d\d"),
        ("uuid", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        ("email", r"ada\d+@example\.com"),
        ("uri", r"https://example\.com/\d+"),
        ("ipv4", r"192\.0\.2\.\d+"),
    ],
)
def test_a_format_is_kept_although_only_some_are_asserted(kind, expected):
    assert re.fullmatch(expected, typical({"type": "string", "format": kind}))


def test_read_only_members_are_not_sent_and_write_only_ones_not_answered():
    schema = {
        "type": "object",
        "required": ["id", "secret"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "name": {"type": "string"},
        },
    }
    sampled = sampling(schema)
    assert set(sampled.full(random.Random(1))) == {"secret", "name"}
    answered = sampler(sampled.schema, Direction.RESPONSE)
    assert set(answered.full(random.Random(1))) == {"id", "name"}


def test_nullable_of_openapi_3_0_is_filled_rather_than_null():
    schema = {"type": "string", "nullable": True, "example": "shown"}
    assert typical(schema, version="3.0.3") == "shown"
    wrapped = {"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": True}
    shown = typical(wrapped, version="3.0.3", definitions={"A": {"type": "integer"}})
    assert isinstance(shown, int)


def test_the_least_value_holds_nothing_that_is_not_required():
    schema = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "array"}, "b": {"type": "integer"}},
    }
    assert sampling(schema).minimal(random.Random(1)) == {"a": []}


def test_only_the_optional_member_that_cannot_be_made_is_left_out():
    impossible = {"type": "string", "pattern": "^a$", "minLength": 5}
    members = {name: {"type": "integer"} for name in "abcdefgh"}
    schema = {"type": "object", "properties": {**members, "never": impossible}}
    assert set(sampling(schema).full(random.Random(1))) == set(members)


def test_the_same_random_numbers_make_the_same_value():
    schema = {"type": "object", "properties": {n: {"type": "string"} for n in "abcdefgh"}}
    assert typical(schema, seed=7) == typical(schema, seed=7)
    assert len({str(typical(schema, seed=seed)) for seed in range(9)}) > 1


def test_a_document_keeps_its_samplers():
    schema = held_once()
    first = sampler(schema, Direction.REQUEST)
    assert sampler(schema, Direction.REQUEST) is first
    assert sampler(schema, Direction.RESPONSE) is not first


def held_once():
    return sampling({"type": "string"}).schema
