"""What came of each check, and what follows for the buyer."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from msgspec import Struct, field

from verifier.model.claim import Stated
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


class Outcome(Struct, frozen=True, kw_only=True):
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

    @property
    def of_scenario(self) -> bool:
        """Whether it came of a scenario that a person wrote, not of a check of ours."""
        return self.check.startswith("scenario.")

    @property
    def of_implementation(self) -> bool:
        """Whether it comes of code that was run against its mapping contract, not of the vendor."""
        return self.check.startswith("mapping.") and self.check.endswith(".implemented")


class Ruling(enum.Enum):
    """The verdict in the buyer's words."""

    READY = "Ready"
    CONDITIONS = "Ready with conditions"
    NOT_READY = "Not ready"
    UNKNOWN = "Not enough evidence"


class Cap(Struct, frozen=True, kw_only=True):
    """A ceiling on the grade, and the sentence that explains it."""

    letter: str
    because: str
    fingerprint: str = ""


class Grade(Struct, frozen=True, kw_only=True):
    """
    A letter for what the vendor was seen to do, explained; what it only says is scored apart.

    Args:
        letter: ``A+`` to ``F``, or ``NR`` where it is withheld.
        score: 0 to 100: weighted share of what was observed; None where nothing was.
        document: The same of what the document alone shows; no part of the letter.
        uncapped: The letter without the caps.
        unwaived: The letter with every waiver taken back; empty where that makes no difference.
        caps: Every cap that applied, the one that bound it first.
        tested: How many of the applicable critical checks had evidence.
        critical: How many critical checks apply.
        needed: The share of them that must have had evidence.
        method: Version of the method.
    """

    letter: str
    score: float | None
    uncapped: str
    document: float | None = None
    unwaived: str = ""
    caps: tuple[Cap, ...] = ()
    tested: int = 0
    critical: int = 0
    needed: float = 0.6
    method: str = "1"

    @property
    def coverage(self) -> float:
        """Share of the applicable critical checks that had evidence, 0 to 1."""
        return self.tested / self.critical if self.critical else 0.0

    @property
    def enough(self) -> bool:
        """Whether that is as much as it takes."""
        return bool(self.critical) and self.coverage >= self.needed


class Answer(Struct, frozen=True, kw_only=True):
    """
    The answer to one of the twelve questions.

    Args:
        answer: ``yes``, ``partly``, ``no`` or ``unknown``, *in the buyer's favour*: to "Can a retry
            ever charge twice?" ``yes`` means that none can.
        standing: ``proven``, ``contradicted``, ``declared``, ``failed`` or ``unproven``.
        says: One or two sentences for a buyer.
        counts: Status word to number of outcomes.
        ask: What to ask the vendor, worst first.
        build: What engineering must build to live with it.
        supply: What we would need to answer better.
        because: The reasoning, line by line, where it is one of figures.
    """

    question: Question
    answer: str
    standing: str
    says: str
    counts: Mapping[str, int] = field(default_factory=dict)
    ask: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    supply: tuple[str, ...] = ()
    because: tuple[str, ...] = ()


class Condition(Struct, frozen=True, kw_only=True):
    """
    One sentence without jargon, and what can be done about it.

    Args:
        says: The finding's own sentence, or one about what was not shown; no full stop.
        where: The end of the sentence: how far it reaches; may be empty.
        fingerprint: Of the finding that carries it; empty for what was not shown.
        ask: What to ask the vendor.
        build: What an integrator must build to live with it.
    """

    says: str
    question: Question
    where: str = ""
    fingerprint: str = ""
    ask: str = ""
    build: str = ""

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.says}{self.where}."


class Verdict(Struct, frozen=True, kw_only=True):
    """
    The whole answer: ruling, conditions (five at most), grade, and an answer a question.

    Args:
        language: In which the sentences are; a finding's own stay in the language of its check.
        counts: Status word to number of outcomes, what the run did not come to included.
        stated: The questionnaire, each enquiry with its standing; empty where nobody answered it.
    """

    ruling: Ruling
    says: str
    conditions: tuple[Condition, ...]
    grade: Grade
    answers: tuple[Answer, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    language: str = "en"
    stated: tuple[Stated, ...] = ()
