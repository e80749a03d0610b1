"""What a check concluded about the vendor, with the evidence that carries it."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model.place import Pointer

__all__ = ["Confidence", "Finding", "Level", "Severity", "fingerprint"]


class Severity(enum.IntEnum):
    """How bad it is for the one who depends on the vendor."""

    NOTE = 1
    MINOR = 2
    MAJOR = 3
    BLOCKER = 4


class Level(enum.Enum):
    """A broken MUST fails, a broken SHOULD warns, a habit is information, REVIEW needs a person."""

    FAIL = "fail"
    WARNING = "warning"
    REVIEW = "review"
    INFORMATION = "information"


class Confidence(enum.IntEnum):
    """How sure we are."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Finding(Struct, frozen=True, kw_only=True):
    """
    One thing to report.

    Args:
        says: What is wrong, in one sentence that a vendor manager could read.
        signature: Stable words for what kind of wrong it is, without values or prose; with the
            check and the operation it makes the fingerprint: ``"undocumented-status:418"``.
        operation: Key of the operation; empty where it concerns the whole vendor.
        at: The place in the document that it rests on, where there is one.
        evidence: Ids of exchanges, in the order to read them.
        expected: What should have been, in words.
        seen: What was, in words.
        ask: What to ask the vendor to change.
        build: What an integrator must build to live with it; empty where nothing helps.
        severity: Where it differs from the check's.
        cause: What the vendor said of it, without values: what is of one cause is shown once, and a
            smaller request shows the same only where the vendor says the same. No part of the
            fingerprint; empty where nothing was said.
        detail: Numbers and lists for tables and pictures; JSON values.
    """

    says: str
    signature: str
    operation: str = ""
    at: Pointer | None = None
    evidence: tuple[str, ...] = ()
    expected: str = ""
    seen: str = ""
    ask: str = ""
    build: str = ""
    level: Level = Level.FAIL
    severity: Severity | None = None
    confidence: Confidence = Confidence.HIGH
    detail: Mapping[str, Any] = field(default_factory=dict)
    cause: str = ""


def fingerprint(check: str, finding: Finding) -> str:
    """Sixteen hexadecimal digits that stay the same from run to run, whatever the wording."""
    seed = "\n".join((check, finding.operation, finding.signature))
    return hashlib.sha256(seed.encode()).hexdigest()[:16]
