"""What a vendor's answers show in time: traits, how often, and those that nobody had announced."""

from __future__ import annotations

import enum
from typing import NamedTuple

from msgspec import Struct

from verifier.model.change import Impact

__all__ = ["Drift", "Lesson", "Observed", "Saying", "Trait"]


class Saying(enum.Enum):
    """What the document says of something that an answer shows."""

    SAID = "said"
    OPEN = "open"
    DENIED = "denied"


class Trait(NamedTuple):
    """
    Something that an answer shows.

    Args:
        operation: Key of the operation that answered.
        status: Its status code.
        path: Member of the body, as ``data[].status``; empty for the answer as a whole.
        name: ``answers``, ``present``, ``type string``, ``value sold``, ``format date``,
            ``absent``, ``gone``, ``media text/html``, ``status``, ``breaks pattern``.
    """

    operation: str
    status: str
    path: str
    name: str


class Observed(NamedTuple):
    """In how many answers of one look a trait was seen, and what the document says of it."""

    times: int
    standing: Saying


class Lesson(NamedTuple):
    """A trait with the number of answers that showed it, the first and the last day (ISO 8601)."""

    operation: str
    status: str
    path: str
    trait: str
    times: int
    first: str
    last: str

    @property
    def key(self) -> Trait:
        """What was learned of."""
        return Trait(self.operation, self.status, self.path, self.trait)


class Drift(Struct, frozen=True, kw_only=True):
    """
    Something in an answer that neither the document nor earlier answers had led to expect.

    Args:
        severity: Whom it breaks: who reads by the document, or who reads strictly.
        count: How many answers showed it, up to now.
        answers: Of how many of that operation and status.
        first: The day on which it was first seen (ISO 8601).
    """

    trait: Trait
    severity: Impact
    says: str
    count: int
    answers: int
    first: str

    @property
    def told(self) -> str:
        """The sentence with the figures."""
        return f"{self.says} (first seen on {self.first}, {self.count} of {self.answers} answers)"
