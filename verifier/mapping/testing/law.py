"""A law of two-way mappings, and what it is tried with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.mapping.testing.asking import Answer
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.trips import Trip
from verifier.mapping.testing.violation import Violation

__all__ = ["Asking", "Law", "Outward", "broken"]

Record = Mapping[str, Any]
Outward = Callable[[Any], Answer]
Asking = Callable[[Record | None, Record], Answer]


class Law(Struct, frozen=True, kw_only=True, eq=False):
    """
    One law; its name is its file's.

    Args:
        formula: What must hold, with ``fwd`` and ``back``; names of laws differ from book to book.
        judge: Yields what is wrong on one trip, given what ``back`` has answered.
    """

    formula: str
    judge: Callable[[Trip, Record, Outward, Asking, Court], Iterator[Violation]]


def broken(formula: str, path: str, kind: str, expected: Any, actual: Any) -> Violation:
    """A violation of a law."""
    return Violation(
        oracle="R",
        path=path,
        kind=kind,
        says=f"{formula} does not hold",
        expected=expected,
        actual=actual,
    )
