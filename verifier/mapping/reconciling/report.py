"""What two exports say of each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from verifier.mapping.reconciling.exports import Export
from verifier.model import Place

__all__ = [
    "CLASSES",
    "Column",
    "Difference",
    "FieldResult",
    "KeyQuality",
    "Pair",
    "Proposal",
    "Reconciliation",
]

CLASSES = {
    "linked-equal": "in both, and the same",
    "linked-different": "in both, and not the same",
    "only-here": "in this export only",
    "key-missing": "without a key",
    "ambiguous": "whose key is in both, and several times in one of them",
    "duplicate": "whose key stands several times, and in this export only",
    "unreadable": "that could not be read",
}


class Column(Struct, frozen=True, kw_only=True):
    """
    The profile of a column.

    Args:
        distinct: About how many different values it has.
        longest: Of its texts, in characters, UTF-16 units and bytes.
        dates: Evidence for the order of day and month; empty where it holds no dates.
    """

    name: str
    filled: int
    empty: int
    distinct: int
    longest: tuple[int, int, int]
    dates: str = ""


class KeyQuality(Struct, frozen=True, kw_only=True):
    """
    How good the key of one side is.

    Args:
        spelt_twice: Keys that are different as they are written, and the same when normalised.
    """

    rows: int
    missing: int
    duplicated: int
    spelt_twice: int


class Difference(Struct, frozen=True, kw_only=True):
    """A cause with how many cells, and some of them, masked where they tell who somebody is."""

    cause: str
    says: str
    ask: str
    count: int
    examples: tuple[tuple[Any, Any, Any], ...]


class FieldResult(Struct, frozen=True, kw_only=True):
    """
    How one field compares over all linked rows.

    Args:
        by: ``sql`` or ``python``: where what it should be was worked out.
        skipped: Why it was not compared; empty where it was.
        note: What was left out of account.
    """

    field: str
    rule: Place
    compared: int = 0
    equal: int = 0
    differences: tuple[Difference, ...] = ()
    by: str = ""
    skipped: str = ""
    note: str = ""


class Pair(Struct, frozen=True, kw_only=True):
    """
    Two values that stand for each other in linked rows.

    Args:
        agreed: Whether the contract's table says so; None where it has no row for the first.
    """

    source: str | None
    target: str | None
    count: int
    agreed: bool | None


class Proposal(Struct, frozen=True, kw_only=True):
    """
    Two rows that may be the same thing. Nobody links them but a person.

    Args:
        score: From 0 to 1.
        because: What agrees, in words.
        contested: Whether either of the two is proposed for another, too.
    """

    source: str
    target: str
    score: float
    because: str
    contested: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """
    The result.

    Args:
        classes: Side (``source``, ``target``) to class to rows; they add up to all of them.
        key: What the rows are linked by, in words.
        matrices: Field with a table to the pairs of values that were seen.
    """

    contract: str
    key: str
    source: Export
    target: Export
    classes: Mapping[str, Mapping[str, int]]
    quality: Mapping[str, KeyQuality]
    fields: tuple[FieldResult, ...]
    matrices: Mapping[str, tuple[Pair, ...]]
    proposals: tuple[Proposal, ...]
    profiles: Mapping[str, tuple[Column, ...]]
    seconds: float = dataclasses.field(default=0.0, compare=False)

    @property
    def clean(self) -> bool:
        """Whether every row is in both exports, and the same."""
        return all(
            count == 0 or name == "linked-equal"
            for side in self.classes.values()
            for name, count in side.items()
        )
