"""Values that obey their schema, its edges, and values that break it in one place."""

import random

import pytest

from verifier.loading import from_mapping
from verifier.model import Pointer, Schema
from verifier.sampling import Unsatisfiable, sampler
from verifier.sampling.patterns import matching
from verifier.validating import Direction, validator

SCHEMAS = {
    "text": {"type": "string", "minLength": 3, "maxLength": 5},
    "pattern": {"type": "string", "pattern": "^[A-Z]{2}-[0-9]{4}$"},
    "integer": {"type": "integer", "minimum": 3, "maximum": 4},
    "multiple": {"type": "number", "multipleOf": 0.25, "minimum": 1},
    "exclusive": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    "nullable": {"type": ["string", "null"], "format": "date-time"},
    "unique": {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"type": "integer"}},
    "all of": {"allOf": [{"required": ["a"]}, {"properties": {"a": {"type": "integer"}}}]},
    "one of": {"oneOf": [{"type": "integer"}, {"type": "string", "format": "uuid"}]},
    "map": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "boolean"}},
    "constant": {"const": {"a": 1}},
    "money": {"type": "string", "pattern": r"^[0-9]{1,12}\.[0-9]{2}$"},
}


def schema_of(node):
    document = from_mapping({"openapi": "3.1.0", "paths": {}, "components": {}}).document
    return Schema(document=document, node=node, at=Pointer("", "/x"))


@pytest.mark.parametrize("node", SCHEMAS.values(), ids=SCHEMAS)
@pytest.mark.parametrize("way", ["typical", "minimal", "full"])
def test_every_value_is_valid(node, way):
    schema = schema_of(node)
    judge = validator(schema, Direction.REQUEST)
    for seed in range(20):
        assert judge.accepts(getattr(sampler(schema, Direction.REQUEST), way)(random.Random(seed)))


@pytest.mark.parametrize("node", SCHEMAS.values(), ids=SCHEMAS)
def test_edges_are_valid_and_violations_are_not(node):
    schema = schema_of(node)
    judge, made = validator(schema, Direction.REQUEST), sampler(schema, Direction.REQUEST)
    base = made.full(random.Random(1))
    assert all(judge.accepts(value) for _, _, value in made.boundaries(base))
    broken = list(made.violations(base))
    assert broken
    assert not any(judge.accepts(value) for *_, value in broken)


def test_what_cannot_be_made_says_where_and_why():
    schema = schema_of({"type": "string", "minLength": 5, "maxLength": 2})
    with pytest.raises(Unsatisfiable, match="/x"):
        sampler(schema, Direction.REQUEST).typical(random.Random(1))


def test_a_schema_that_holds_itself_ends():
    node = {"type": "object", "properties": {"child": {"$ref": "#/x"}, "name": {"type": "string"}}}
    document = from_mapping({"openapi": "3.1.0", "paths": {}, "x": node}).document
    schema = Schema(document=document, node=node, at=Pointer("", "/x"))
    assert sampler(schema, Direction.REQUEST).full(random.Random(1)) is not None


@pytest.mark.parametrize(
    "pattern", [r"^\d{3}-[a-f]+$", r"^(a|b)c?$", r"[^abc]x", r"^\+[1-9]\d{1,14}$", r"^\S+@\S+$"]
)
def test_made_text_matches_its_pattern(pattern):
    import re

    for seed in range(20):
        assert re.search(pattern, matching(pattern, random.Random(seed)))
