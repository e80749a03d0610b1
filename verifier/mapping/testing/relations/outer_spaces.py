"""Spaces around a text make no difference, where the contract takes them off."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.edges import Ground
from verifier.mapping.placing import taken
from verifier.mapping.testing.relation import Pair, Relation, alike

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.texts:
        text = next(taken(ground.base, site.path), None)
        if isinstance(text, str) and text:
            for spaced in (f" {text}", f"{text}\t", f"\u00a0{text}\u3000"):
                record = ground.with_values((site.path, spaced))
                yield Pair(ground.base, record, f"{site.path} has spaces around it")


RELATION = Relation(says="spaces around a text make no difference", pairs=_pairs, holds=alike)
