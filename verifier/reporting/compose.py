"""From a run and its verdict to the view that all formats write down."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from verifier.model import (
    Exchange,
    Finding,
    Level,
    Outcome,
    Principal,
    Run,
    Severity,
    Status,
    UnresolvedReference,
    Verdict,
    curl,
    fingerprint,
)
from verifier.reporting.view import Cell, Chapter, Entry, Latency, Line, Supply, View

__all__ = ["compose"]

MOST_EXCHANGES = 3
MOST_LATENCIES = 40
MOST_PLACES = 300


def compose(run: Run, verdict: Verdict) -> View:
    """Everything that a report says about a run."""
    entries = _entries(run)
    return View(
        run=run,
        verdict=verdict,
        chapters=tuple(_chapters(run, verdict, entries)),
        columns=_columns(run),
        lines=tuple(_lines(run)),
        supplies=tuple(_supplies(run)),
        latencies=tuple(_latencies(run)),
        environment=tuple(_environment(run)),
    )


def _entries(run: Run) -> list[Entry]:
    """Findings, worst first; the same finding at several operations is one entry."""
    grouped: dict[tuple[str, str, str], list[tuple[Outcome, Finding]]] = defaultdict(list)
    for outcome in run.outcomes:
        for finding in outcome.findings:
            grouped[outcome.check, finding.signature, finding.level.value].append(
                (outcome, finding)
            )
    ranked = sorted(
        grouped.values(),
        key=lambda pairs: (-_severity(run, *pairs[0]), pairs[0][0].check, pairs[0][1].signature),
    )
    return [_entry(run, pairs, index < MOST_PLACES) for index, pairs in enumerate(ranked)]


def _severity(run: Run, outcome: Outcome, finding: Finding) -> Severity:
    card = run.cards.get(outcome.check)
    return finding.severity or Severity(card.severity if card else Severity.MINOR)


def _entry(run: Run, pairs: Sequence[tuple[Outcome, Finding]], placed: bool) -> Entry:
    outcome, finding = pairs[0]
    card = run.cards[outcome.check]
    mark = fingerprint(outcome.check, finding)
    place, pointer = _place(run, finding) if placed else ("", str(finding.at or ""))
    return Entry(
        anchor=f"finding-{mark}",
        fingerprint=mark,
        check=outcome.check,
        title=card.title,
        question=card.question,
        severity=_severity(run, outcome, finding).name.lower(),
        confidence=finding.confidence.name.lower(),
        level="inconclusive" if outcome.status is Status.INCONCLUSIVE else finding.level.value,
        source=card.source,
        why=_section(card.doc, "Why it matters"),
        finding=finding,
        outcome=outcome,
        place=place,
        pointer=pointer,
        exchanges=tuple(_evidence(run, finding)),
        also=tuple(dict.fromkeys(f.operation for _, f in pairs[1:] if f.operation)),
    )


def _place(run: Run, finding: Finding) -> tuple[str, str]:
    if finding.at is None:
        return "", ""
    try:
        place = run.contract.document.place(finding.at)
    except UnresolvedReference:
        return "", finding.at.path
    return (str(place) if place.line else ""), place.pointer


def _evidence(run: Run, finding: Finding) -> Iterable[tuple[Exchange, str]]:
    for id in finding.evidence[:MOST_EXCHANGES]:
        try:
            exchange = run.exchange(id)
        except KeyError:
            continue
        yield exchange, curl(exchange, _principal(exchange))


def _principal(exchange: Exchange) -> Principal | None:
    name = exchange.request.identity.principal or "token"
    return Principal(name=name, kind="bearer")


def _section(doc: str, name: str) -> str:
    _, _, rest = doc.partition(f"{name}\n")
    text = rest.partition("\n\n")[0]
    return " ".join(line.strip() for line in text.splitlines())


def _chapters(run: Run, verdict: Verdict, entries: Sequence[Entry]) -> Iterable[Chapter]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in run.outcomes:
        counts[outcome.check][outcome.status.value] += 1
    for answer in verdict.answers:
        name = answer.question.value
        mine = [entry for entry in entries if entry.question == name]
        quiet = (Level.INFORMATION.value, "inconclusive")
        cards = [card for card in run.cards.values() if card.question == name]
        yield Chapter(
            answer=answer,
            entries=tuple(entry for entry in mine if entry.level not in quiet),
            notes=tuple(entry for entry in mine if entry.level in quiet),
            checks=tuple((card.id, card.title, counts[card.id]) for card in cards),
        )


def _columns(run: Run) -> tuple[tuple[str, str], ...]:
    """Checks that were run for operations, in the order of their questions."""
    keys = {operation.key for operation in run.contract.operations}
    used = {outcome.check for outcome in run.outcomes if outcome.subject in keys}
    return tuple((card.id, card.title) for card in run.cards.values() if card.id in used)


def _lines(run: Run) -> Iterable[Line]:
    by_place = {(o.subject, o.check): o for o in run.outcomes}
    columns = [id for id, _ in _columns(run)]
    for operation in run.contract.operations:
        found = [by_place.get((operation.key, id)) for id in columns]
        yield Line(
            operation=operation.key,
            summary=operation.summary,
            cells=tuple(Cell(o.check, o.status.value) if o else None for o in found),
            samples=max((o.samples for o in found if o), default=0),
        )


def _supplies(run: Run) -> Iterable[Supply]:
    grouped: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in run.outcomes:
        if outcome.status is Status.NOT_TESTED:
            grouped[outcome.supply, outcome.reason].append(outcome)
    for (supply, reason), outcomes in sorted(grouped.items(), key=lambda kv: -len(kv[1])):
        checks = tuple(dict.fromkeys(o.check for o in outcomes))
        yield Supply(supply, reason, len(outcomes), checks)


def _latencies(run: Run) -> Iterable[Latency]:
    times: dict[str, list[float]] = defaultdict(list)
    for id in run.exchange_ids:
        exchange = run.exchange(id)
        if exchange.response is not None and exchange.request.operation:
            times[exchange.request.operation].append(exchange.timing.total_seconds * 1000)
    slowest = sorted(times.items(), key=lambda kv: -_quantile(kv[1], 0.95))
    for operation, found in slowest[:MOST_LATENCIES]:
        marks = (_quantile(found, share) for share in (0.5, 0.95, 0.99))
        yield Latency(operation, len(found), *(round(mark, 2) for mark in marks))


def _quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def _environment(run: Run) -> Iterable[tuple[str, str]]:
    facts = run.facts
    began = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(facts.started))
    took = f"{facts.finished - facts.started:.1f} seconds" if facts.finished else "not finished"
    left = sum(1 for entry in run.ledger if entry.state == "left")
    removed = sum(1 for entry in run.ledger if entry.state == "removed")
    yield "Vendor", f"{facts.title} ({facts.vendor})"
    yield "Document", facts.document
    yield "SHA-256 of the document", facts.digest
    yield "Address", facts.base_url or "none: only the document was read"
    yield "Kind", f"{facts.mode} ({facts.environment})"
    if facts.misbehaviours:
        yield "The mock was asked to misbehave", ", ".join(facts.misbehaviours)
    yield "Begun", began
    yield "Took", took + (" (interrupted)" if facts.interrupted else "")
    yield "Requests sent", str(len(run.exchange_ids))
    yield "Writing", "allowed" if facts.settings.get("allow_writes") else "not allowed"
    yield "Credentials", ", ".join(facts.settings.get("principals", ())) or "none"
    yield "Created and removed", f"{removed} removed, {left} left behind"
    yield "Seed", str(facts.seed)
    yield "verifier", facts.tool_version
    yield "Run", facts.id
