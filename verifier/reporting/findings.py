"""Findings as they are shown: the same one at several operations is one entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from verifier.model import (
    Finding,
    Level,
    Operation,
    Outcome,
    Pointer,
    Run,
    Severity,
    Status,
    UnresolvedReference,
    fingerprint,
)
from verifier.reporting.view import Entry, Place

__all__ = ["QUIET", "entries"]

MOST_PLACED = 1_000
Seen = tuple[Outcome, Finding]
LEVELS = (Level.FAIL, Level.WARNING, Level.REVIEW, Level.INFORMATION)
ASIDE = {Status.INCONCLUSIVE: "inconclusive", Status.WAIVED: "waived"}
QUIET = frozenset({Level.INFORMATION.value, *ASIDE.values()})


def entries(run: Run, outcomes: Iterable[Outcome]) -> list[Entry]:
    """All findings, the worst first; lines in the document are looked up for the first thousand."""
    grouped: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for outcome in outcomes:
        for finding in outcome.findings:
            key = (outcome.check, finding.signature, _level(outcome, finding))
            grouped[key].append((outcome, finding))
    operations = {operation.key: operation for operation in run.contract.operations}
    ranked = sorted(grouped.values(), key=lambda seen: _rank(run, *seen[0]))
    return [
        _entry(run, seen, operations, placed=index < MOST_PLACED)
        for index, seen in enumerate(ranked)
    ]


def _level(outcome: Outcome, finding: Finding) -> str:
    """Its level, unless it is doubted or waived."""
    return ASIDE.get(outcome.status, finding.level.value)


def _rank(run: Run, outcome: Outcome, finding: Finding) -> tuple[bool, int, int, str, str]:
    aside = outcome.status in ASIDE
    level = LEVELS.index(finding.level)
    return aside, level, -_severity(run, outcome, finding), outcome.check, finding.signature


def _severity(run: Run, outcome: Outcome, finding: Finding) -> Severity:
    return finding.severity or Severity(run.cards[outcome.check].severity)


def _entry(
    run: Run, seen: Sequence[Seen], operations: dict[str, Operation], *, placed: bool
) -> Entry:
    outcome, finding = seen[0]
    card = run.cards[outcome.check]
    known = operations.get(finding.operation)
    at = finding.at or (known.at if known else None)
    file, line, pointer = _at(run, at) if placed else ("", 0, at.path if at else "")
    return Entry(
        fingerprint=fingerprint(outcome.check, finding),
        check=outcome.check,
        title=card.title,
        question=card.question,
        severity=_severity(run, outcome, finding).name.lower(),
        confidence=finding.confidence.name.lower(),
        level=_level(outcome, finding),
        says=finding.says,
        expected=finding.expected,
        seen=finding.seen,
        why=_section(card.doc, "Why it matters"),
        ask=finding.ask,
        build=finding.build,
        source=card.source,
        places=tuple(_place(o, f) for o, f in seen),
        file=file,
        line=line,
        pointer=pointer,
        attempts=outcome.attempts,
        reason=outcome.reason,
        detail=finding.detail,
    )


def _place(outcome: Outcome, finding: Finding) -> Place:
    return Place(finding.operation, fingerprint(outcome.check, finding), finding.evidence)


def _at(run: Run, at: Pointer | None) -> tuple[str, int, str]:
    """File, line and pointer, as the author of the document knows them."""
    if at is None:
        return "", 0, ""
    try:
        place = run.contract.document.place(at)
    except UnresolvedReference:
        return "", 0, at.path
    return place.file, place.line, place.pointer


def _section(doc: str, name: str) -> str:
    _, _, rest = doc.partition(f"{name}\n")
    return " ".join(line.strip() for line in rest.partition("\n\n")[0].splitlines())
