"""Pairs of records whose results must stand in a certain relation, whatever the results are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from verifier.mapping.edges import Ground
from verifier.mapping.sameness import differences

__all__ = ["Holds", "Pair", "Relation", "Wrong", "alike"]


class Wrong(NamedTuple):
    """Where, and how, a relation does not hold; the path is empty where it is the whole."""

    path: str
    says: str


Holds = Callable[[Any, Any], "Wrong | None"]


class Pair(NamedTuple):
    """Two records, and what is different between them."""

    first: Any
    second: Any
    says: str


class Relation(Struct, frozen=True, kw_only=True, eq=False):
    """
    One relation; its name is its file's.

    It needs no reference: a mapper that a stranger wrote can be judged by it alone. Pairs for which
    the contract itself does not keep it are left out.

    Args:
        says: What must hold, in a sentence.
        pairs: Makes the pairs.
        holds: Of the two results: what is wrong, or None.
    """

    says: str
    pairs: Callable[[Ground], Iterator[Pair]]
    holds: Callable[[Ground], Holds]


def alike(ground: Ground) -> Holds:
    """The two results are the same."""

    def holds(first: Any, second: Any) -> Wrong | None:
        for where in differences(first, second):
            return Wrong(where.path, f"it was {where.expected!r}, and is {where.actual!r}")
        return None

    return holds
