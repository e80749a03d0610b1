"""What is known while one record is made into another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mapping.executing.outcome import Entry, Failure
from verifier.mapping.nouns import Policy
from verifier.model import Place

__all__ = ["Run"]


class Run:
    """
    One record under way.

    Args:
        read: The record that is read.
        made: The record that is made.
        old: What the target holds already; None for nothing.

    ``known`` keeps times that were read, since several fields often come from one.
    """

    __slots__ = (
        "failures",
        "known",
        "ledger",
        "made",
        "made_item",
        "old",
        "path",
        "place",
        "prefix",
        "read",
        "read_item",
    )

    def __init__(
        self, read: dict[str, Any], made: dict[str, Any], old: Mapping[str, Any] | None = None
    ) -> None:
        self.read = self.read_item = read
        self.made = self.made_item = made
        self.old = old
        self.known: dict[Any, Any] = {}
        self.ledger: list[Entry] = []
        self.failures: list[Failure] = []
        self.path = ""
        self.prefix = ""
        self.place = Place(file="")

    def lose(self, old: Any, new: Any, reason: str) -> None:
        """Enter a loss at the field that is being made."""
        self.ledger.append(Entry(self.prefix + self.path, old, new, reason, self.place))

    def fail(self, policy: Policy, trouble: str, says: str) -> None:
        """Note a reason against the record."""
        where = self.prefix + self.path
        self.failures.append(Failure(where, trouble, policy.act, says, policy.place))
