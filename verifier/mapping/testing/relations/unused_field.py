"""A field of the source that no rule reads changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.edges import Ground
from verifier.mapping.placing import placed
from verifier.mapping.testing.relation import Pair, Relation, alike

__all__ = ["RELATION"]

VALUES = ("verifier", 1, True, None)


def _pairs(ground: Ground) -> Iterator[Pair]:
    for path in ground.unused:
        for value in VALUES:
            yield Pair(ground.base, placed(ground.base, path, value), f"{path} is {value!r}")


RELATION = Relation(says="a field that no rule reads changes nothing", pairs=_pairs, holds=alike)
