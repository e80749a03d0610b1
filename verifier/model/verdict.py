"""What came of each check, and what follows for the buyer."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.model.finding import Finding
from verifier.model.question import Question
from verifier.model.story import Story

__all__ = ["Answer", "Cap", "Condition", "Grade", "Outcome", "Ruling", "Status", "Verdict"]


class Status(enum.Enum):
    """The word for an outcome; never shown by colour alone."""

    PASS = "pass"  # noqa: S105
    FAIL = "fail"
    WARNING = "warning"
    REVIEW = "review"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTED = "not tested"
    NOT_APPLICABLE = "not applicable"
    WAIVED = "waived"
    ERRORED = "errored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What came of one check for one subject.

    Args:
        reason: Why, for everything but pass and fail.
        supply: For *not tested*: what the user would have to give.
        attempts: How often a failure was seen of how many tries: ``(3, 3)``; ``(0, 0)`` for none.
        requests: What it spent.
        samples: How many exchanges it judged (observations).
        story: How it went, where it was a scenario.
    """

    check: str
    subject: str
    status: Status
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    supply: str = ""
    attempts: tuple[int, int] = (0, 0)
    requests: int = 0
    samples: int = 0
    story: Story | None = None


class Ruling(enum.Enum):
    """The verdict in the buyer's words."""

    READY = "Ready"
    CONDITIONS = "Ready with conditions"
    NOT_READY = "Not ready"
    UNKNOWN = "Not enough evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A ceiling on the grade, and the sentence that explains it."""

    letter: str
    because: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """
    A letter, explained.

    Args:
        letter: ``A+`` to ``F``, or ``NR`` where it is withheld.
        score: 0 to 100: weighted share of applicable, tested checks.
        uncapped: The letter without the caps.
        caps: Every cap that applied, the one that bound it first.
        coverage: Share of the applicable critical checks that had evidence, 0 to 1.
        method: Version of the method.
    """

    letter: str
    score: float
    uncapped: str
    caps: tuple[Cap, ...] = ()
    coverage: float = 0.0
    method: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    The answer to one of the twelve questions.

    Args:
        answer: ``yes``, ``partly``, ``no`` or ``unknown``.
        standing: ``proven``, ``contradicted``, ``declared``, ``failed`` or ``unproven``.
        says: One or two sentences for a buyer.
        counts: Status word to number of outcomes.
        ask: What to ask the vendor, worst first.
        build: What engineering must build to live with it.
        supply: What we would need to answer better.
    """

    question: Question
    answer: str
    standing: str
    says: str
    counts: Mapping[str, int] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    supply: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One sentence without jargon, and the finding that carries it."""

    says: str
    fingerprint: str
    question: Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole answer: ruling, conditions (five at most), grade, and an answer a question."""

    ruling: Ruling
    says: str
    conditions: tuple[Condition, ...]
    grade: Grade
    answers: tuple[Answer, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)
