"""The smallest set of scopes that a need takes, and what else it opens."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import product

from msgspec import Struct

from verifier.model.contract import Contract, Operation

__all__ = ["Privilege", "smallest_privilege"]

MOST_COMBINATIONS = 20_000
Scopes = frozenset[str]


class Privilege(Struct, frozen=True, kw_only=True):
    """
    What a key needs to do some operations.

    Args:
        operations: Keys of what is to be done.
        scopes: The fewest that do, of those that open least beside it.
        beyond: Keys of further secured operations that they open.
        unscoped: Keys of what is to be done for which the document names no scope: any key will do.
    """

    operations: tuple[str, ...]
    scopes: Scopes
    beyond: tuple[str, ...]
    unscoped: tuple[str, ...] = ()

    def lacking(self, held: Scopes) -> Scopes:
        """What a key that holds some scopes still lacks."""
        return self.scopes - held

    def excess(self, held: Scopes) -> Scopes:
        """What such a key could do without."""
        return held - self.scopes


def smallest_privilege(contract: Contract, needed: Iterable[str]) -> Privilege:
    """
    The scopes that open least, and of those the fewest, by which operations can be done.

    Args:
        needed: Keys or ids of operations; KeyError where one does not exist.
    """
    operations = tuple(dict.fromkeys(contract.operation(key) for key in needed))
    secured = [o for o in operations if o.secured]
    scoped = [o for o in secured if all(_ways(o))]
    choices = [tuple(dict.fromkeys(_ways(o))) for o in scoped]
    doors = {o.key: _ways(o) for o in contract.operations if o.secured and all(_ways(o))}
    wanted = frozenset(o.key for o in operations)
    scopes = min(_unions(choices), key=lambda held: _cost(held, doors, wanted))
    return Privilege(
        operations=tuple(o.key for o in operations),
        scopes=scopes,
        beyond=tuple(key for key in _opened(scopes, doors) if key not in wanted),
        unscoped=tuple(o.key for o in secured if o not in scoped),
    )


def _unions(choices: list[tuple[Scopes, ...]]) -> Iterable[Scopes]:
    """Every set that opens all; where there are too many, those by the narrowest way of each."""
    if math.prod(map(len, choices)) > MOST_COMBINATIONS:
        choices = [(min(ways, key=len),) for ways in choices]
    return {frozenset().union(*picked) for picked in product(*choices)}


def _cost(
    held: Scopes, doors: Mapping[str, tuple[Scopes, ...]], wanted: Scopes
) -> tuple[int, int, tuple[str, ...]]:
    beyond = sum(key not in wanted for key in _opened(held, doors))
    return beyond, len(held), tuple(sorted(held))


def _opened(held: Scopes, doors: Mapping[str, tuple[Scopes, ...]]) -> tuple[str, ...]:
    return tuple(key for key, ways in doors.items() if any(way <= held for way in ways))


def _ways(operation: Operation) -> tuple[Scopes, ...]:
    return tuple(
        frozenset(scope for scopes in need.schemes.values() for scope in scopes)
        for need in operation.security
    )
