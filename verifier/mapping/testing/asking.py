"""What an implementation is asked, and what it answers."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

__all__ = ["Answer", "Ask", "Door", "How"]


class How(enum.Enum):
    """
    How an answer came.

    ``MAPPED`` with a value; ``WITHHELD`` with a name for why; ``SKIPPED`` with nothing;
    ``UNABLE`` where the implementation does not offer what it was asked. The others are faults.
    """

    MAPPED = "mapped"
    WITHHELD = "withheld"
    SKIPPED = "skipped"
    UNABLE = "unable"
    CRASHED = "crashed"
    HUNG = "hung"
    DIED = "died"
    GARBAGE = "garbage"

    @property
    def fault(self) -> bool:
        """Whether it is no answer at all."""
        return self in (How.CRASHED, How.HUNG, How.DIED, How.GARBAGE)


class Ask(Struct, frozen=True, kw_only=True):
    """
    One question.

    Args:
        op: ``map``, ``back`` or ``match``.
        record: The record to map; the target's to bring back.
        old: What is there already: the target's record, or the source's for ``back``.
        records, candidates, links: The batch, what the target has, source's id to target's.
    """

    op: str
    record: Any = None
    old: Mapping[str, Any] | None = None
    records: Sequence[Any] = ()
    candidates: Sequence[Any] = ()
    links: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self, number: int) -> dict[str, Any]:
        """The question as JSON values, with a number to answer to."""
        data: dict[str, Any] = {"id": number, "op": self.op}
        if self.op == "match":
            batch = {"records": list(self.records), "candidates": list(self.candidates)}
            return {**data, **batch, "links": dict(self.links)}
        data["record"] = self.record
        if self.old is not None or self.op == "back":
            data["old"] = self.old
        return data


class Answer(Struct, frozen=True, kw_only=True):
    """
    What came back.

    Args:
        value: The record that was made, or the decisions of ``match``.
        names: Names of the error, the most special first.
        says: What it said of it; or what went wrong, for a fault.
        over: Whether it will be asked no more.
    """

    how: How
    value: Any = None
    names: tuple[str, ...] = ()
    says: str = ""
    over: bool = False


class Door(Protocol):
    """The way to an implementation. It never raises for what the implementation does."""

    def ask(self, ask: Ask) -> Answer:
        """Ask one question, and wait for the answer as long as is allowed."""

    def elsewhere(self, environment: Mapping[str, str]) -> Door | None:
        """The same implementation in another environment; None where that cannot be had."""

    def close(self) -> None:
        """End what was started."""
