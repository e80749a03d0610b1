"""A run and its verdict as a reader meets them: plain data, composed once for all formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from verifier.catalogue import Catalogue
from verifier.model import Answer, Dialect, Outcome, Run, Since, Standing, Stated, Verdict
from verifier.reporting.drawing import Figure

__all__ = [
    "Chapter",
    "Entry",
    "Group",
    "Left",
    "Line",
    "Matrix",
    "Place",
    "Proof",
    "Rule",
    "Supply",
    "Times",
    "View",
    "answered",
]


class Place(Struct, frozen=True):
    """One operation (``""``: the vendor as a whole) at which a finding was seen."""

    operation: str
    fingerprint: str
    evidence: tuple[str, ...]


class Entry(Struct, frozen=True, kw_only=True):
    """
    A finding as it is shown; the same one at several operations is one entry.

    Args:
        level: ``fail``, ``warning``, ``review``, ``information``, ``inconclusive`` or ``waived``.
        places: Where it was seen, the first of which is told in full.
        file: The author's file, with ``line`` from 1; empty and 0 where it rests on none.
        pointer: The place in the author's document as a JSON pointer.
    """

    fingerprint: str
    check: str
    title: str
    question: str
    severity: str
    confidence: str
    level: str
    says: str
    expected: str
    seen: str
    why: str
    ask: str
    build: str
    source: str
    places: tuple[Place, ...]
    file: str = ""
    line: int = 0
    pointer: str = ""
    attempts: tuple[int, int] = (0, 0)
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Where it stands in the page."""
        return f"finding-{self.fingerprint}"

    @property
    def at(self) -> str:
        """``file:line``, or the pointer where no line tells more; empty where it rests on none."""
        if self.line > 1:
            return f"{self.file}:{self.line}"
        return f"{self.file}#{self.pointer}" if self.pointer else self.file

    @property
    def operations(self) -> tuple[str, ...]:
        """Keys of the operations at which it was seen."""
        return tuple(dict.fromkeys(place.operation for place in self.places if place.operation))

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of exchanges, those of the first place first."""
        return tuple(dict.fromkeys(id for place in self.places for id in place.evidence))


class Proof(Struct, frozen=True, kw_only=True):
    """
    An exchange as text, bounded.

    Args:
        line: ``GET /orders``.
        answer: ``200``, ``no answer (timeout)``, or that it was brought.
        milliseconds: How long the answer took; 0 where nobody waited for one.
        size_bytes: Of the answer's body, or of what was brought.
        command: The shell command that sends it again.
        writes: Whether sending it again may change something.
    """

    id: str
    line: str
    answer: str
    request: str
    response: str
    command: str
    milliseconds: float
    size_bytes: int
    writes: bool


class Rule(Struct, frozen=True):
    """One check of a question: its id, its title, and status word to number of outcomes."""

    id: str
    title: str
    counts: Mapping[str, int]


class Chapter(Struct, frozen=True, kw_only=True):
    """
    One question.

    Args:
        entries: Its findings, by weight.
        notes: What is information, doubted or waived.
        stories: Outcomes of scenarios, each with its story.
        stated: What the vendor says, enquiry by enquiry; empty where nobody asked it.
    """

    answer: Answer
    entries: tuple[Entry, ...]
    notes: tuple[Entry, ...]
    rules: tuple[Rule, ...]
    figures: tuple[Figure, ...] = ()
    stories: tuple[Outcome, ...] = ()
    stated: tuple[Stated, ...] = ()


class Line(Struct, frozen=True):
    """One subject: a status word a column, ``""`` where the check was not meant for it."""

    name: str
    cells: tuple[str, ...]


class Group(Struct, frozen=True):
    """
    Lines that belong together; the name is ``""`` where all do.

    Args:
        columns: Indices of the checks that say anything in this group.
        counts: Status word to number of cells.
    """

    name: str
    lines: tuple[Line, ...]
    columns: tuple[int, ...]
    counts: Mapping[str, int]


class Matrix(Struct, frozen=True):
    """Subjects x checks: (id, title) a column, and the lines in groups."""

    columns: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]


class Supply(Struct, frozen=True, kw_only=True):
    """Something to give (``""``: nothing helps), and what it would open."""

    what: str
    reasons: tuple[str, ...]
    checks: tuple[str, ...]
    questions: tuple[str, ...]
    count: int


class Times(Struct, frozen=True):
    """Answer times of one operation (``""``: of all), in milliseconds."""

    operation: str
    samples: int
    p50: float
    p95: float
    p99: float
    most: float


class Left(Struct, frozen=True):
    """
    Things of one kind that the run created and did not remove, or may have created.

    Args:
        paths: Where each stands; of what may have been created, what was sent.
        commands: Those that remove them, or that look for them.
    """

    resource: str
    reason: str
    paths: tuple[str, ...]
    commands: tuple[str, ...]


class View(Struct, frozen=True, kw_only=True):
    """
    Everything that a report says.

    Args:
        outcomes: All that was planned, accounted for.
        proof: An exchange as text by its id; None where it was not recorded.
        facts: Name to value, in the order to read them.
        rows: Of every exchange, for the list of all (``listing.Row``).
        perhaps: What may have been left: sent to be created, and never answered for.
        figures: Pictures of the run as a whole, by name.
        dialects: How the vendor speaks, and what an integration must do because of it.
        past: Earlier runs, the oldest first.
        known: Fingerprints of failures that are in a baseline.
        since: What changed from an earlier run; None where there is none to compare with.
        next_command: What to type to learn more; empty where nothing is obvious.
    """

    run: Run
    verdict: Verdict
    words: Catalogue
    outcomes: tuple[Outcome, ...]
    chapters: tuple[Chapter, ...]
    by_operation: Matrix
    by_resource: Matrix
    supplies: tuple[Supply, ...]
    times: tuple[Times, ...]
    facts: tuple[tuple[str, str], ...]
    left: tuple[Left, ...]
    rows: tuple[tuple[Any, ...], ...]
    proof: Callable[[str], Proof | None]
    perhaps: tuple[Left, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    dialects: tuple[Dialect, ...] = ()
    past: tuple[Standing, ...] = ()
    known: frozenset[str] = frozenset()
    since: Since | None = None
    next_command: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All findings that are more than notes, question by question, the worst first in each."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)

    def is_known(self, entry: Entry) -> bool:
        """Whether it is in the baseline, at every place at which it was seen."""
        return bool(self.known) and all(p.fingerprint in self.known for p in entry.places)

    @property
    def notes(self) -> tuple[Entry, ...]:
        """What is information, or doubted."""
        return tuple(entry for chapter in self.chapters for entry in chapter.notes)

    def answered(self, answer: Answer) -> str:
        """The answer in the words of its question."""
        return answered(answer, self.words)


def answered(answer: Answer, say: Catalogue) -> str:
    """The answer in the words of its question: to some a buyer hopes for a no."""
    own = f"answer.{answer.question.value}.{answer.answer}"
    return say(own if own in say else f"answer.{answer.answer}")
