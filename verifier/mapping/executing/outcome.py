"""What becomes of one record: what it was made into, or why not, and all that was lost."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from verifier.mapping.nouns import Act
from verifier.model import Place

__all__ = ["Entry", "Execution", "Failure", "Outcome"]


class Outcome(enum.Enum):
    """How a record ends; all but ``MAPPED`` leave no target."""

    MAPPED = "mapped"
    ESCALATED = "escalated"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


ENDS = {
    Act.ESCALATE: Outcome.ESCALATED,
    Act.QUARANTINE: Outcome.QUARANTINED,
    Act.REJECT: Outcome.REJECTED,
}
STRENGTH = (Outcome.REJECTED, Outcome.QUARANTINED, Outcome.ESCALATED)


class Entry(NamedTuple):
    """
    One loss, in the ledger.

    Args:
        path: The target's field, or the source's for what was dropped.
        old: What there was; None for nothing.
        new: What is left of it; None for nothing.
        reason: ``truncated``, ``defaulted``, ``omitted``, ``rounded``, ``broader``, ``dropped`` ...
    """

    path: str
    old: Any
    new: Any
    reason: str
    place: Place


class Failure(NamedTuple):
    """
    Why a record cannot be mapped.

    Args:
        path: The target's field.
        trouble: ``on_missing``, ``on_unknown``, ``on_invalid``, ``on_too_long`` ...
        says: What is wrong, without naming the field.
        place: The line of the contract that says what is done then.
    """

    path: str
    trouble: str
    act: Act
    says: str
    place: Place

    @property
    def outcome(self) -> Outcome:
        """How the record ends because of it."""
        return ENDS[self.act]


class Execution(Struct, frozen=True, kw_only=True):
    """
    What a contract makes of a record.

    Args:
        target: The record that it becomes; None where it is withheld.
        failures: Every reason against it, not only the first.
    """

    target: Mapping[str, Any] | None
    ledger: tuple[Entry, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The strongest of the reasons against it."""
        ends = {failure.outcome for failure in self.failures}
        return next((outcome for outcome in STRENGTH if outcome in ends), Outcome.MAPPED)

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """
        Every end that is right: one who stops at the first trouble that they meet need not meet
        the strongest first.
        """
        return frozenset(f.outcome for f in self.failures) or frozenset({Outcome.MAPPED})
