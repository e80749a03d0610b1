"""Absent, null, empty and blank are one, where the contract says so."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.absent import ABSENT
from verifier.mapping.edges import Ground
from verifier.mapping.testing.relation import Pair, Relation, alike

__all__ = ["RELATION"]

NOTHINGS = (None, "", " ", "\u3000")


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.sites:
        absent = ground.with_values((site.path, ABSENT))
        for nothing in NOTHINGS:
            record = ground.with_values((site.path, nothing))
            yield Pair(absent, record, f"{site.path} is absent, or {nothing!r}")


RELATION = Relation(says="absent, null, empty and blank are one", pairs=_pairs, holds=alike)
