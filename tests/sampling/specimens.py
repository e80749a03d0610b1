"""Small schemas for tests, held as a document holds them."""

import random
from typing import Any

from verifier.loading import from_mapping
from verifier.model import Schema
from verifier.sampling import Sampler, sampler
from verifier.validating import Direction, Validator, validator


def held(schema: Any, *, version: str = "3.1.0", definitions: Any = None) -> Schema:
    """A schema as the request body of a document's only operation."""
    contract = from_mapping(
        {
            "openapi": version,
            "info": {"title": "Specimen", "version": "1"},
            "paths": {
                "/things": {
                    "post": {
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                        "responses": {"204": {"description": "Done."}},
                    }
                }
            },
            "components": {"schemas": definitions or {}},
        }
    )
    body = contract.operations[0].body
    assert body is not None
    found = body.media[0].schema
    assert found is not None
    return found


def sampling(schema: Any, **more: Any) -> Sampler:
    """The sampler of a schema in requests."""
    return sampler(held(schema, **more), Direction.REQUEST)


def judging(sampled: Sampler) -> Validator:
    """The validator of the same schema: the oracle of these tests."""
    return validator(sampled.schema, Direction.REQUEST)


def typical(schema: Any, name: str = "", seed: int = 1, **more: Any) -> Any:
    """One typical value."""
    return sampling(schema, **more).typical(random.Random(seed), name)


def boundaries(sampled: Sampler, base: Any) -> list[tuple[str, Any]]:
    """Words and value of each edge that the validator confirms."""
    judge = judging(sampled)
    made = [(change.words, change.applied(base)) for change in sampled.edges(base)]
    return [(says, value) for says, value in made if judge.accepts(value)]


def violations(sampled: Sampler, base: Any) -> list[tuple[str, str, Any]]:
    """Kind with place, words and value of each break that the validator confirms."""
    judge = judging(sampled)
    made = [(c.kind, c.pointer, c.words, c.applied(base)) for c in sampled.breaks(base)]
    return [(f"{kind}:{at}", says, v) for kind, at, says, v in made if not judge.accepts(v)]
