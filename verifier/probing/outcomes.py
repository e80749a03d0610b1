"""What came of a check, in words that say why."""

from __future__ import annotations

import traceback
from collections.abc import Iterable

from verifier.model import Check, Finding, Level, Outcome, Status

__all__ = ["errored", "status_of", "untested"]


def errored(check: Check, key: str, error: Exception) -> Outcome:
    """A fault of ours: named with its place, and never a finding about the vendor."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    reason = f"{type(error).__name__}: {error}{place}"
    return Outcome(check=check.id, subject=key, status=Status.ERRORED, reason=reason)


def status_of(findings: Iterable[Finding]) -> Status:
    """The word for a set of findings."""
    levels = {finding.level for finding in findings}
    if Level.FAIL in levels:
        return Status.FAIL
    if Level.REVIEW in levels:
        return Status.REVIEW
    return Status.WARNING if Level.WARNING in levels else Status.PASS


def untested(check: Check, key: str, reason: str, supply: str) -> Outcome:
    """What could not be asked, why, and what to give."""
    return Outcome(
        check=check.id, subject=key, status=Status.NOT_TESTED, reason=reason, supply=supply
    )
