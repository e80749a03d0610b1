"""Another id gives another record."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.edges import Ground
from verifier.mapping.placing import taken
from verifier.mapping.sameness import same
from verifier.mapping.testing.relation import Holds, Pair, Relation, Wrong

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.of_kind("identifier"):
        value = next(taken(ground.base, site.path), None)
        if isinstance(value, str) and value:
            for other in (f"0{value}", f"{value}1"):
                record = ground.with_values((site.path, other))
                yield Pair(ground.base, record, f"{site.path} is {other!r} instead of {value!r}")


def _holds(ground: Ground) -> Holds:
    return lambda one, other: Wrong("", "it makes the same of both") if same(one, other) else None


RELATION = Relation(says="another id gives another record", pairs=_pairs, holds=_holds)
