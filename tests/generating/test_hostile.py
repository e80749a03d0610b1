"""Documents that are made to hurt: bounded in time and memory, a request or a reason."""

import time
import tracemalloc

import pytest

from tests.generating.specimens import content, is_wrong
from tests.sampling.test_hostile import DEFINITIONS, SCHEMAS
from verifier.generating import Cases
from verifier.loading import from_mapping
from verifier.model import Missing, Validity

SECONDS = 5.0
MEGABYTES = 150
LIMIT = 60


def contract(schema, *parameters):
    return from_mapping(
        {
            "openapi": "3.1.0",
            "info": {"title": "Hostile", "version": "1"},
            "paths": {
                "/things/{id}": {
                    "put": {
                        "parameters": [
                            {"name": "id", "in": "path", "required": True}
                            | {"schema": {"type": "string"}},
                            *parameters,
                        ],
                        "requestBody": content(schema),
                        "responses": {"204": {"description": "Done."}},
                    }
                }
            },
            "components": {"schemas": DEFINITIONS},
        }
    )


def drawn(whole):
    cases = Cases(whole, seed=0, fixtures={}, deep=False)
    return cases.cases(whole.operations[0], limit=LIMIT)


def held_to(whole, found):
    if isinstance(found, Missing):
        assert found.reason
        assert found.supply.startswith("fixtures: ")
        return
    for case in found:
        assert is_wrong(whole.operations[0], case) is (case.validity is Validity.BROKEN), case


@pytest.mark.parametrize("says", SCHEMAS)
def test_a_hostile_body_is_drawn_soon_or_missing_with_a_reason(says):
    whole = contract(SCHEMAS[says])
    tracemalloc.start()
    began = time.process_time()
    try:
        found = drawn(whole)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < SECONDS
    assert peak < MEGABYTES * 2**20
    held_to(whole, found)


@pytest.mark.parametrize("place", ["query", "header", "cookie"])
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 10**12},
        {"type": "string", "pattern": "^(a+)+$"},
        {"type": "array", "minItems": 10**12, "items": {"type": "integer"}},
        {"enum": [f"choice {n}" for n in range(50_000)]},
        {"not": {}},
    ],
    ids=["a huge length", "an explosive pattern", "a huge list", "a huge enum", "nothing"],
)
def test_a_hostile_parameter_is_drawn_soon_or_missing_with_a_reason(place, schema):
    whole = contract({}, {"name": "q", "in": place, "required": True, "schema": schema})
    began = time.process_time()
    found = drawn(whole)
    assert time.process_time() - began < SECONDS
    held_to(whole, found)
    if isinstance(found, Missing):
        assert found.supply == "fixtures: {q: A_VALUE} in vendor.yaml"


def test_five_hundred_parameters_are_swept_within_the_limit():
    many = [{"name": f"p{n}", "in": "query", "schema": {"type": "integer"}} for n in range(500)]
    whole = contract({}, *many)
    began = time.process_time()
    found = drawn(whole)
    assert time.process_time() - began < SECONDS
    assert len(found) == LIMIT
