"""A run in few words, for the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from verifier.model import (
    Ending,
    Failed,
    Finding,
    Level,
    Outcome,
    Record,
    Run,
    Sighting,
    Status,
    Verdict,
    fingerprint,
)
from verifier.reporting.endings import Listener, timeline
from verifier.reporting.text import flat

__all__ = ["record_of"]

LONGEST_TEXT = 300
MOST_FAILED = 2_000
MOST_ENDS = 50
MOST_HEARD = 2_000
SAID = frozenset({Status.PASS, Status.FAIL, Status.WARNING, Status.REVIEW, Status.WAIVED})


def record_of(run: Run, verdict: Verdict, folder: Path) -> Record:
    """
    What is kept of a run.

    Args:
        folder: Of its report.
    """
    grade, order = verdict.grade, run.facts.settings.get("assignment") or {}
    return Record(
        run=run.facts.id,
        vendor=run.facts.vendor,
        title=flat(run.facts.title, LONGEST_TEXT),
        mode=run.facts.mode,
        at=run.facts.started,
        ruling=verdict.ruling.name.lower().replace("_", "-"),
        letter=grade.letter,
        whole=not (run.unfinished or order.get("questions") or order.get("only")),
        score=grade.score,
        document=grade.document,
        tested=grade.tested,
        critical=grade.critical,
        method=grade.method,
        version=flat(run.contract.version, LONGEST_TEXT),
        answers={a.question.value: (a.answer, a.standing) for a in verdict.answers},
        failed=dict(_failed(run)),
        doubted=tuple(sorted(set(_doubted(run)))),
        checks=tuple(sorted({o.check for o in run.outcomes if o.status in SAID})),
        ends=tuple(_ends(run)),
        folder=str(folder.resolve()),
    )


def _failed(run: Run) -> Iterator[tuple[str, Failed]]:
    for count, (outcome, finding) in enumerate(_findings(run, Status.FAIL)):
        if count >= MOST_FAILED:
            return
        says = flat(finding.says, LONGEST_TEXT)
        yield (
            fingerprint(outcome.check, finding),
            Failed(outcome.check, flat(finding.operation, LONGEST_TEXT), says),
        )


def _findings(run: Run, status: Status) -> Iterator[tuple[Outcome, Finding]]:
    for outcome in run.outcomes:
        if outcome.status is status:
            failed = [f for f in outcome.findings if f.level is Level.FAIL]
            yield from ((outcome, finding) for finding in failed or outcome.findings)


def _doubted(run: Run) -> Iterator[str]:
    return (fingerprint(o.check, f) for o, f in _findings(run, Status.INCONCLUSIVE))


def _ends(run: Run) -> Iterator[Ending]:
    """What the document and the first answers announce."""
    heard: list[Sighting] = []
    listener = Listener()
    for id in run.exchange_ids[:MOST_HEARD]:
        exchange = run.exchange(id)
        if exchange.response is not None and exchange.request.operation:
            heard += listener.hear(exchange)
    today: date = datetime.fromtimestamp(run.facts.started, UTC).date()
    for dated in timeline(run.contract, heard, today).dates[:MOST_ENDS]:
        yield Ending(dated.day, dated.kind, flat(dated.says, LONGEST_TEXT))
