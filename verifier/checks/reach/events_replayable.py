"""
Events that we missed can be had again.

Why it matters
    Our receiver will be down one day. If what was pushed meanwhile cannot be listed or delivered
    again, those changes are lost without a trace.

How it asks
    It does not: it looks for an operation that lists events or delivers one again.

Limits
    A changed-since filter on every list serves the same need and is accepted.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


def _pushes(contract: Contract) -> str:
    pushes = contract.webhooks or contract.convention("webhooks")
    return "" if pushes else "the document declares no webhooks"


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.NONE,
    source="Standard Webhooks 1.0.0 (operational considerations)",
    applies=_pushes,
)
def events_replayable(contract: Contract) -> Findings:
    if contract.convention("events"):
        return ()
    lists = {resource.list for resource in contract.resources if resource.list}
    since = {k for c in contract.conventions_of("changed-since") for k in c.operations}
    if lists and lists <= since:
        return ()
    return (
        Finding(
            says="Events that were missed cannot be listed or delivered again.",
            signature="events-not-replayable",
            expected="a list of events, or a redelivery",
            seen="neither is documented",
            level=Level.WARNING,
            ask="How do we get the events that we missed while our receiver was down?",
            build="A nightly comparison of both systems.",
        ),
    )


_PUSH = {"itemSold": {"post": {"responses": {"204": {"description": "Taken."}}}}}
_TEXT = {"type": "string"}
_ANY: dict[str, Any] = {
    "type": "object",
    "properties": {"id": _TEXT, "type": _TEXT, "created_at": {**_TEXT, "format": "date-time"}},
}
_LIST = {
    "get": {
        "operationId": "listEvents",
        "summary": "List events",
        "responses": {
            "200": {
                "description": "Events.",
                "content": {"application/json": {"schema": {"type": "array", "items": _ANY}}},
            }
        },
    }
}
events_replayable.healthy(document=document(webhooks=_PUSH, paths={"/events": _LIST}))
events_replayable.broken(document=document(webhooks=_PUSH, paths=ITEMS["paths"]))
