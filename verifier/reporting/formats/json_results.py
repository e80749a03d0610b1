"""Everything that the report says, for machines; the schema is published."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from verifier.reporting.view import Entry, View

__all__ = ["FILENAME", "NAME", "VERSION", "write"]

NAME = "json"
FILENAME = "results.json"
VERSION = "1"


def write(view: View) -> bytes:
    """The results."""
    facts = view.run.facts
    data = {
        "schema_version": VERSION,
        "run": _plain(facts),
        "verdict": {
            "ruling": view.verdict.ruling.value,
            "says": view.verdict.says,
            "conditions": _plain(view.verdict.conditions),
            "grade": _plain(view.verdict.grade),
        },
        "questions": [_plain(answer) for answer in view.verdict.answers],
        "findings": [_finding(entry) for chapter in view.chapters for entry in _entries(chapter)],
        "outcomes": [_outcome(outcome) for outcome in view.run.outcomes],
        "supply": [_plain(supply) for supply in view.supplies],
        "latencies": [_plain(latency) for latency in view.latencies],
        "ledger": [_plain(entry) for entry in view.run.ledger],
        "counts": dict(view.counts),
    }
    return orjson.dumps(_plain(data), option=orjson.OPT_INDENT_2)


def _entries(chapter: Any) -> Iterable[Entry]:
    return (*chapter.entries, *chapter.notes)


def _finding(entry: Entry) -> dict[str, Any]:
    finding = entry.finding
    return {
        "fingerprint": entry.fingerprint,
        "check": entry.check,
        "question": entry.question,
        "severity": entry.severity,
        "confidence": entry.confidence,
        "level": entry.level,
        "says": finding.says,
        "operation": finding.operation,
        "also": list(entry.also),
        "place": entry.place,
        "pointer": entry.pointer,
        "expected": finding.expected,
        "seen": finding.seen,
        "ask": finding.ask,
        "build": finding.build,
        "source": entry.source,
        "evidence": list(finding.evidence),
        "replay": [command for _, command in entry.exchanges],
        "detail": _plain(finding.detail),
    }


def _outcome(outcome: Any) -> dict[str, Any]:
    return {
        "check": outcome.check,
        "subject": outcome.subject,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "supply": outcome.supply,
        "attempts": list(outcome.attempts),
        "requests": outcome.requests,
        "samples": outcome.samples,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(held) for name, held in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value
