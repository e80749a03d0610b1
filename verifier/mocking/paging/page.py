"""One page of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from verifier.mocking.state import Row

__all__ = ["Page"]


class Page(Struct, frozen=True, kw_only=True):
    """
    One page of a list.

    Args:
        start: How many rows of the list come before it.
        size: How many it may hold.
        total: How many the list holds.
        here: The parameters that led to it; empty for the first.
        turns: Where one may go on: ``next``, ``prev``, ``first``, ``last`` to the parameters that
            lead there; those that lead nowhere are left out.
    """

    rows: Sequence[Row]
    start: int = 0
    size: int = 0
    total: int = 0
    here: Mapping[str, str] = field(default_factory=dict)
    turns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def more(self) -> bool:
        """Whether anything comes after it."""
        return "next" in self.turns
