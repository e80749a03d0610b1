"""How a run ended, in so few words that all runs of all vendors can be kept; and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, to_builtins

from verifier.model.picture import Standing

__all__ = ["Ending", "Failed", "Record", "Since"]


class Ending(Struct, frozen=True):
    """A day on which something ends: ``2027-01-31``, ``sunset``, and what."""

    day: str
    kind: str
    says: str


class Failed(Struct, frozen=True):
    """A failure of a run: the check, the operation, and its sentence."""

    check: str
    operation: str
    says: str


class Record(Struct, frozen=True, kw_only=True):
    """
    What is kept of a run.

    Args:
        mode: ``desk``, ``mock`` or ``live``.
        at: Seconds since the epoch.
        whole: Whether it ran to its end, and all checks were asked for.
        score, document: Of behaviour and of the document, 0 to 100; None where there is none.
        answers: Question to answer and standing.
        failed: Fingerprint to failure.
        doubted: Fingerprints of what was seen and not seen again.
        checks: Ids of those that said anything.
        ends: What ends, the nearest first.
        folder: Where its report stands; empty where nobody knows.
    """

    run: str
    vendor: str
    title: str
    mode: str
    at: float
    ruling: str
    letter: str
    whole: bool = True
    score: float | None = None
    document: float | None = None
    tested: int = 0
    critical: int = 0
    method: str = ""
    version: str = ""
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    failed: Mapping[str, Failed] = field(default_factory=dict)
    doubted: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    ends: tuple[Ending, ...] = ()
    folder: str = ""

    @property
    def standing(self) -> Standing:
        """The run as a point of a trend."""
        broken = {failed.check for failed in self.failed.values()}
        return Standing(
            run=self.run, at=self.at, letter=self.letter, score=self.score, failed=len(broken)
        )

    @property
    def coverage(self) -> float:
        """Share of the applicable critical checks that had evidence, 0 to 1."""
        return self.tested / self.critical if self.critical else 0.0

    def as_data(self) -> dict[str, Any]:
        """As JSON values."""
        found: dict[str, Any] = to_builtins(self)
        return found

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Record:
        """From those JSON values; members of a later version are passed over."""
        known = set(cls.__struct_fields__)
        given = {name: value for name, value in data.items() if name in known}
        given["answers"] = {q: (a, s) for q, (a, s) in given.get("answers", {}).items()}
        given["failed"] = {p: Failed(**one) for p, one in given.get("failed", {}).items()}
        given["ends"] = tuple(Ending(**one) for one in given.get("ends", ()))
        for name in ("doubted", "checks"):
            given[name] = tuple(given.get(name, ()))
        return cls(**given)


class Since(Struct, frozen=True, kw_only=True):
    """
    What changed from an earlier run of the same vendor to a later one.

    Args:
        new: Failures that the earlier run did not have.
        fixed: Failures of the earlier run whose check said something, and not this.
        still: How many failures both have.
        flaky: Failures of the earlier run that are in doubt now.
        lost: Checks that said something then, and nothing now.
    """

    before: Record
    new: tuple[Failed, ...] = ()
    fixed: tuple[Failed, ...] = ()
    still: int = 0
    flaky: tuple[Failed, ...] = ()
    lost: tuple[str, ...] = ()

    @classmethod
    def between(cls, before: Record, now: Record) -> Since:
        """The difference of two records."""
        gone = {print: f for print, f in before.failed.items() if print not in now.failed}
        flaky = {print: f for print, f in gone.items() if print in now.doubted}
        checks = set(now.checks)
        return cls(
            before=before,
            new=tuple(f for print, f in now.failed.items() if print not in before.failed),
            fixed=tuple(f for p, f in gone.items() if p not in flaky and f.check in checks),
            still=len(before.failed) - len(gone),
            flaky=tuple(flaky.values()),
            lost=tuple(sorted(set(before.checks) - checks)),
        )
