"""One thing that an implementation did otherwise than it should have."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

__all__ = ["Violation"]


class Violation(Struct, frozen=True, kw_only=True):
    """
    What was wrong with one answer.

    Args:
        oracle: The letter of what found it (``verifier.mapping.edges.ORACLES``).
        path: The target's field, with positions in lists; empty where it is the whole.
        kind: In a word or two, without values: ``changed``, ``crashed``, ``withheld`` ...
        says: In a sentence that goes on after the field's name.
        expected, actual: What should have been, and what was; JSON values.
    """

    oracle: str
    path: str
    kind: str
    says: str
    expected: Any = None
    actual: Any = None

    @property
    def field(self) -> str:
        """The field without positions: the same for every item of a list."""
        found = ""
        for piece in self.path.split("["):
            head, bracket, tail = piece.partition("]")
            found += f"[]{tail}" if bracket and head.isdecimal() else piece
        return found
