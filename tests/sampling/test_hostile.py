"""Schemas that are made to hurt: bounded in time, and no crash."""

import random
import time
from itertools import islice

import pytest

from tests.sampling.specimens import judging, sampling
from verifier.sampling import Unsatisfiable

SECONDS = 5.0
DEEP = {"type": "string"}
for _ in range(90):
    DEEP = {"type": "object", "required": ["a"], "properties": {"a": DEEP}}
WIDE = {"type": "object", "properties": {f"m{n}": {"type": "string"} for n in range(3000)}}
BUSH = {
    "type": "object",
    "required": ["l", "r"],
    "properties": {
        side: {"anyOf": [{"$ref": "#/components/schemas/Bush"}] * 3 + [{"type": "integer"}]}
        for side in ("l", "r")
    },
}
TWINS = {"allOf": [{"$ref": "#/components/schemas/Twins"}, {"type": "integer"}]}


def levels(keyword, **beside):
    """Eleven definitions, each of which refers twice to the next: two thousand ways down."""
    found = {f"{keyword}11": {"type": "object", "properties": {"a": {"type": "integer"}}}}
    for level in range(11):
        inner = {"$ref": f"#/components/schemas/{keyword}{level + 1}"}
        found[f"{keyword}{level}"] = {keyword: [inner, inner], **beside}
    return found


DEFINITIONS = {"Bush": BUSH, "Twins": TWINS}
DEFINITIONS |= levels("allOf", minProperties=0) | levels("anyOf", required=["a"])
SCHEMAS = {
    "all of twice the next": {"$ref": "#/components/schemas/allOf0"},
    "any of twice the next": {"$ref": "#/components/schemas/anyOf0"},
    "a thousand alternatives": {
        "oneOf": [
            {"type": "object", "required": [f"k{n}"], "properties": {f"k{n}": {"const": n}}}
            for n in range(1000)
        ]
    },
    "ninety levels": DEEP,
    "three thousand members": WIDE,
    "a bush of itself": {"$ref": "#/components/schemas/Bush"},
    "an allOf of itself": {"$ref": "#/components/schemas/Twins"},
    "an explosive pattern": {"type": "string", "pattern": "^(a+)+$", "minLength": 3},
    "a huge repetition": {"type": "string", "pattern": "^(?:a{1000}){1000}$"},
    "a huge length": {"type": "string", "minLength": 10**12},
    "a huge list": {"type": "array", "minItems": 10**12},
    "a huge object": {"type": "object", "minProperties": 10**12},
    "a tiny factor": {"type": "number", "multipleOf": 1e-300},
    "bounds beyond floats": {"type": "integer", "minimum": 1e308},
    "five hundred choices of five hundred": {
        "allOf": [{"anyOf": [{"const": n} for n in range(500)]} for _ in range(5)]
    },
    "keywords of the wrong kind": {"type": "object", "required": "all", "properties": []}
    | {"maxLength": "long", "enum": {}, "items": 3},
}


@pytest.mark.parametrize("says", SCHEMAS)
def test_it_ends_soon_with_a_valid_value_or_a_reason(says):
    began = time.process_time()
    sampled = sampling(SCHEMAS[says], definitions=DEFINITIONS)
    judge = judging(sampled)
    try:
        value = sampled.full(random.Random(1))
    except Unsatisfiable:
        value = None
    else:
        assert judge.accepts(value)
    changes = (*islice(sampled.edges(value), 300), *islice(sampled.breaks(value), 300))
    for change in changes:
        change.applied(value)
    assert time.process_time() - began < SECONDS
