"""What is worked out of an operation once, and kept for whoever asks next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from verifier.model.contract import Operation

__all__ = ["Kept"]

Made = TypeVar("Made")
MOST = 4096


class Kept(Generic[Made]):
    """
    One thing for each operation; all are forgotten once there are too many.

    Operations are told apart by themselves and not by what they say, which would cost more than
    to work it out again.
    """

    def __init__(self, make: Callable[[Operation], Made]) -> None:
        self._make = make
        self._known: dict[int, tuple[Operation, Made]] = {}

    def of(self, operation: Operation) -> Made:
        """What belongs to an operation."""
        known = self._known.get(id(operation))
        if known is not None:
            return known[1]
        if len(self._known) >= MOST:
            self._known.clear()
        made = self._make(operation)
        # The operation is kept beside it: no other will have its number.
        self._known[id(operation)] = operation, made
        return made
