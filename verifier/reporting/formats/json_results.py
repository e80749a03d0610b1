"""Everything that the report says, for machines; the schema is published (``verifier schema``)."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from verifier.model import Condition, Grade, Intent, Outcome, RunFacts, Since, Stated
from verifier.reporting.dumping import dumped
from verifier.reporting.view import Entry, View

__all__ = ["FILENAME", "NAME", "VERSION", "write"]

NAME = "json"
FILENAME = "results.json"
VERSION = "1"
MOST_REPLAYED = 1_000
# Names folders of the machine, or is told in a place of its own.
PRIVATE = ("assignment", "waivers", "claims")


def write(view: View) -> bytes:
    """The results."""
    verdict = view.verdict
    entries = (*view.entries, *view.notes)
    data = {
        "schema_version": VERSION,
        "language": verdict.language,
        "run": _facts(view.run.facts),
        "verdict": {
            "ruling": verdict.ruling.value,
            "says": verdict.says,
            "conditions": [_condition(condition) for condition in verdict.conditions],
            "grade": _grade(verdict.grade),
        },
        "counts": dict(verdict.counts),
        "questions": verdict.answers,
        "since": view.since and _since(view.since),
        "claims": [_claim(stated) for stated in verdict.stated],
        "findings": [_finding(e, view, n < MOST_REPLAYED) for n, e in enumerate(entries)],
        "outcomes": [_outcome(outcome) for outcome in view.outcomes],
        "supply": view.supplies,
        "times": view.times,
        "dialects": view.dialects,
        "ledger": view.run.ledger,
        "unsettled": [_intent(intent) for intent in view.run.intents],
    }
    return dumped(data, indented=True)


def _facts(facts: RunFacts) -> RunFacts:
    """Without the order as it was given, which names folders of the machine."""
    settings = {name: value for name, value in facts.settings.items() if name not in PRIVATE}
    return replace(facts, settings=settings)


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "says": condition.sentence,
        "question": condition.question,
        "fingerprint": condition.fingerprint,
        "ask": condition.ask,
        "build": condition.build,
    }


def _since(since: Since) -> dict[str, Any]:
    return {
        "run": since.before.run,
        "at": since.before.at,
        "letter": since.before.letter,
        "new": since.new,
        "fixed": since.fixed,
        "flaky": since.flaky,
        "still": since.still,
        "lost": since.lost,
    }


def _claim(stated: Stated) -> dict[str, Any]:
    claim = stated.claim
    return {
        "id": stated.enquiry.id,
        "question": stated.enquiry.question,
        "asks": stated.asks,
        "standing": stated.standing,
        "against": stated.against,
        "over": stated.over,
        "answer": claim.answer if claim else None,
        "says": claim.says if claim else "",
        "link": claim.link if claim else "",
        "date": str(claim.date) if claim else None,
        "person": claim.person if claim else "",
        "expires": str(claim.expires) if claim and claim.expires else None,
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "letter": grade.letter,
        "behaviour": grade.score,
        "document": grade.document,
        "uncapped": grade.uncapped,
        "unwaived": grade.unwaived,
        "caps": grade.caps,
        "tested": grade.tested,
        "critical": grade.critical,
        "needed": grade.needed,
        "method": grade.method,
    }


def _finding(entry: Entry, view: View, replayed: bool) -> dict[str, Any]:
    proof = view.proof(entry.evidence[0]) if replayed and entry.evidence else None
    return {
        "fingerprint": entry.fingerprint,
        "check": entry.check,
        "title": entry.title,
        "question": entry.question,
        "level": entry.level,
        "severity": entry.severity,
        "confidence": entry.confidence,
        "says": entry.says,
        "expected": entry.expected,
        "seen": entry.seen,
        "why": entry.why,
        "ask": entry.ask,
        "build": entry.build,
        "source": entry.source,
        "file": entry.file,
        "line": entry.line,
        "pointer": entry.pointer,
        "places": entry.places,
        "attempts": entry.attempts,
        "reason": entry.reason,
        "replay": proof.command if proof else "",
        "detail": entry.detail,
    }


def _intent(intent: Intent) -> dict[str, Any]:
    return {
        "resource": intent.resource,
        "request": f"{intent.request.method} {intent.request.path}",
        "created_by": intent.created_by,
        "at": intent.at,
        "reason": intent.reason,
        "maybe": intent.maybe,
        "principal": intent.request.identity.principal,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "check": outcome.check,
        "subject": outcome.subject,
        "status": outcome.status,
        "reason": outcome.reason,
        "supply": outcome.supply,
        "attempts": outcome.attempts,
        "requests": outcome.requests,
        "samples": outcome.samples,
        "story": outcome.story,
    }
