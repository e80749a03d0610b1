"""The order of the keys in a record makes no difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.edges import Ground
from verifier.mapping.testing.relation import Pair, Relation, alike

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    yield Pair(ground.base, _turned(ground.base), "the keys stand in another order")


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _turned(inner) for name, inner in reversed(value.items())}
    return [_turned(inner) for inner in value] if isinstance(value, list) else value


RELATION = Relation(says="the order of the keys makes no difference", pairs=_pairs, holds=alike)
