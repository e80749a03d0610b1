"""A field of the source that a rule reads changes something."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.edges import Ground, Site
from verifier.mapping.placing import taken
from verifier.mapping.sameness import same
from verifier.mapping.testing.relation import Holds, Pair, Relation, Wrong

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.sites:
        for value in _others(ground, site):
            yield Pair(ground.base, ground.with_values((site.path, value)), f"{site.path} differs")


def _others(ground: Ground, site: Site) -> Iterator[Any]:
    value = next(taken(ground.base, site.path), None)
    if site.facts.enum:
        yield from (choice for choice in site.facts.enum if choice != value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, Decimal)):
        yield value + 1
    elif isinstance(value, str) and site.text and site.kind in ("plain", "text", "person_name"):
        yield f"Other {value}"


def _holds(ground: Ground) -> Holds:
    return lambda one, other: Wrong("", "nothing changed") if same(one, other) else None


RELATION = Relation(says="a field that a rule reads changes something", pairs=_pairs, holds=_holds)
