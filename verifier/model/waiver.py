"""A change or a finding that somebody has accepted, for a reason and for a time."""

from __future__ import annotations

import datetime
from fnmatch import fnmatchcase

from msgspec import Struct

from verifier.model.change import Change

__all__ = ["Waiver"]


class Waiver(Struct, frozen=True, kw_only=True):
    """
    What is accepted; everything that is given must fit.

    Args:
        fingerprint: Of one change; empty for any.
        rule: Name of a rule, ``*`` allowed; empty for any.
        operation: Key of an operation that it reaches, ``*`` allowed; empty for any.
        reason: Why.
        until: The last day on which it holds; None for ever.
        where: File and line that it stands in.
    """

    reason: str
    fingerprint: str = ""
    rule: str = ""
    operation: str = ""
    until: datetime.date | None = None
    where: str = ""

    def fits(self, change: Change) -> bool:
        """Whether it speaks of a change."""
        if self.fingerprint and self.fingerprint != change.fingerprint:
            return False
        if self.rule and not fnmatchcase(change.rule, self.rule):
            return False
        # A change that reaches further than what was accepted is not accepted.
        reached = change.operations and change.reach == len(change.operations)
        return not self.operation or (
            bool(reached) and all(fnmatchcase(key, self.operation) for key in change.operations)
        )
