"""A run and its verdict as one reader meets them: plain data, composed once for all formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verifier.model import Answer, Exchange, Finding, Outcome, Run, Verdict

__all__ = ["Cell", "Chapter", "Entry", "Latency", "Line", "Supply", "View"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A finding as it is shown.

    Args:
        anchor: ``finding-`` and the fingerprint.
        place: ``file:line`` in the author's document; empty where it rests on none.
        exchanges: The evidence, at most a few, each with its curl command.
        also: Keys of other operations with the same finding.
    """

    anchor: str
    fingerprint: str
    check: str
    title: str
    question: str
    severity: str
    confidence: str
    level: str
    source: str
    why: str
    finding: Finding
    outcome: Outcome
    place: str = ""
    pointer: str = ""
    exchanges: tuple[tuple[Exchange, str], ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One question: its answer, its findings by weight, and its checks with their counts."""

    answer: Answer
    entries: tuple[Entry, ...]
    notes: tuple[Entry, ...]
    checks: tuple[tuple[str, str, Mapping[str, int]], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one check for one operation."""

    check: str
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One operation: what it is, and a cell a check."""

    operation: str
    summary: str
    cells: tuple[Cell | None, ...]
    samples: int


@dataclass(frozen=True, slots=True)
class Supply:
    """Something to supply, and how many outcomes it would open."""

    what: str
    reason: str
    count: int
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Latency:
    """Answer times of one operation, in milliseconds."""

    operation: str
    samples: int
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that a report says."""

    run: Run
    verdict: Verdict
    chapters: tuple[Chapter, ...]
    columns: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    supplies: tuple[Supply, ...]
    latencies: tuple[Latency, ...]
    environment: tuple[tuple[str, str], ...]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All findings, question by question."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)

    @property
    def counts(self) -> Counter[str]:
        """Status word to number of outcomes."""
        return Counter(outcome.status.value for outcome in self.run.outcomes)

    def exchanges(self) -> Sequence[Any]:
        """Every exchange, fetched one after the other."""
        return tuple(self.run.exchange(id) for id in self.run.exchange_ids)
