"""A field that nobody has heard of changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.edges import Ground
from verifier.mapping.testing.relation import Pair, Relation, alike

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    more = {**ground.base, "verifier_unknown_field": {"a": [1, None]}}
    yield Pair(ground.base, more, "an unknown field")


RELATION = Relation(
    says="a field that nobody has heard of changes nothing", pairs=_pairs, holds=alike
)
