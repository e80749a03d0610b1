"""What lets a build pass or stops it: what is new, what is known, and what somebody accepted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from verifier.model.finding import Finding, Severity, fingerprint

__all__ = ["REASONS", "Acceptance", "Baseline", "Failing", "Gate"]

REASONS = (
    "accepted-risk",
    "vendor-fix-promised",
    "not-applicable",
    "false-positive",
    "sandbox-only",
)


class Acceptance(Struct, frozen=True, kw_only=True):
    """
    Which findings are accepted; everything that is given must fit.

    Args:
        fingerprint: Of one finding; empty for any.
        check: Id of a check, ``*`` allowed; empty for any.
        operation: Key of an operation, ``*`` allowed; empty for any.
        reason: One of ``REASONS``.
        owner: Who answers for it.
        until: The last day on which it holds.
        says: More about the reason; may be empty.
        where: File and line that it stands in.
    """

    reason: str
    owner: str
    until: datetime.date
    fingerprint: str = ""
    check: str = ""
    operation: str = ""
    says: str = ""
    where: str = ""

    def fits(self, check: str, finding: Finding) -> bool:
        """Whether it speaks of a finding of that check."""
        if self.fingerprint and self.fingerprint != fingerprint(check, finding):
            return False
        if self.check and not fnmatchcase(check, self.check):
            return False
        return not self.operation or fnmatchcase(finding.operation, self.operation)

    def holds(self, today: datetime.date) -> bool:
        """Whether its time is not over."""
        return today <= self.until

    @property
    def subject(self) -> str:
        """What it speaks of, in a few words."""
        return " ".join(filter(None, (self.fingerprint, self.check, self.operation)))

    @property
    def sentence(self) -> str:
        """Why, by whom and until when, on one line."""
        more = f": {self.says}" if self.says else ""
        return f"{self.reason}{more} ({self.owner}, until {self.until})"

    def as_data(self) -> dict[str, Any]:
        """As JSON values, to be kept with a run."""
        return {**asdict(self), "until": str(self.until)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Acceptance:
        """What was kept with a run."""
        return cls(**{**data, "until": datetime.date.fromisoformat(data["until"])})


class Failing(Struct, frozen=True, kw_only=True):
    """
    A failure as a gate knows it again: by its fingerprint, whatever its wording.

    Args:
        says: Its sentence; no part of its identity.
        since: The day on which it was first known (``2026-11-27``); empty where it is new.
        note: What else to know: that its waiver is over, say.
    """

    fingerprint: str
    check: str
    operation: str
    signature: str
    severity: Severity
    says: str = ""
    since: str = ""
    note: str = ""


class Baseline(Struct, frozen=True, kw_only=True):
    """
    What was known to fail, and which checks had evidence, when somebody last looked.

    Args:
        mode: Of the run that it was made from: ``desk``, ``mock`` or ``live``.
        failures: By fingerprint.
        tested: Ids of checks that said anything.
        where: The file that it stands in.
    """

    vendor: str
    mode: str
    failures: Mapping[str, Failing] = field(default_factory=dict)
    tested: frozenset[str] = frozenset()
    where: str = ""


class Gate(Struct, frozen=True, kw_only=True):
    """
    What a build is told.

    Args:
        new: Failures that stop it, the worst first.
        known: Failures that are in the baseline.
        light: New failures below the severity that stops a build.
        flaky: Failures that a second run did not show; they never stop a build.
        waived: Findings that are accepted, each with the reason, the owner and the last day.
        fixed: Failures of the baseline that were tested and are no more.
        lost: Checks that had evidence at the baseline and have none now.
        notes: About waivers: over, soon over, or fitting nothing.
        enough: Whether there was as much evidence as an answer takes.
        short: Why there was not.
        compared: Whether there was a baseline.
    """

    new: tuple[Failing, ...] = ()
    known: tuple[Failing, ...] = ()
    light: tuple[Failing, ...] = ()
    flaky: tuple[Failing, ...] = ()
    waived: tuple[Failing, ...] = ()
    fixed: tuple[Failing, ...] = ()
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    enough: bool = True
    short: str = ""
    compared: bool = False

    @property
    def exit_code(self) -> int:
        """1 where something new fails, 3 where too little could be tested, else 0."""
        if self.new:
            return 1
        return 0 if self.enough else 3
