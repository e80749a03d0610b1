"""All hundred edge cases, found by walking the families."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from verifier.mapping.edges import families
from verifier.mapping.edges.edge import Edge
from verifier.mapping.edges.ground import Ground
from verifier.mapping.edges.shots import Hand, Shot
from verifier.walk import modules

__all__ = ["Applied", "apply", "catalogue", "family_of"]


@lru_cache
def _found() -> tuple[tuple[Edge, str], ...]:
    pairs = []
    for module in modules(families):
        family = (module.__doc__ or "").strip().rstrip(".")
        pairs += [(edge, family) for edge in module.EDGES]
    return tuple(sorted(pairs, key=lambda pair: pair[0].number))


def catalogue() -> tuple[Edge, ...]:
    """Every edge case, in the order of its number."""
    return tuple(edge for edge, _ in _found())


def family_of(number: int) -> str:
    """The family of an edge case, such as 'D. Names of people'."""
    return next(family for edge, family in _found() if edge.number == number)


class Applied(NamedTuple):
    """
    An edge case on a contract.

    Args:
        shots, hands: What it makes of it; both empty where it does not apply.
    """

    edge: Edge
    shots: tuple[Shot, ...]
    hands: tuple[Hand, ...]

    @property
    def applies(self) -> bool:
        """Whether the contract has what it needs."""
        return bool(self.shots or self.hands)


def apply(ground: Ground, numbers: Collection[int] = ()) -> Iterator[Applied]:
    """
    Every edge case on a contract.

    Args:
        numbers: Only these; all if empty.
    """
    for edge in catalogue():
        if numbers and edge.number not in numbers:
            continue
        shots = tuple(edge.shots(ground)) if edge.shots else ()
        hands = tuple(edge.hands(ground)) if edge.hands else ()
        yield Applied(edge, shots, hands)
