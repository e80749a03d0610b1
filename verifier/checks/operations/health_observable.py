"""
There is something to ask whether the vendor is well.

Why it matters
    When calls fail, the first question is "us or them?". A status address answers it in a second.

How it asks
    It does not: it looks for an operation that reports health or status.

Limits
    Many vendors have a status page elsewhere; so its absence here is information.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


@check(
    question=Question.OPERATIONS,
    severity=Severity.NOTE,
    effect=Effect.NONE,
    source="common practice",
)
def health_observable(contract: Contract) -> Findings:
    if contract.convention("health"):
        return ()
    return (
        Finding(
            says="The document has no operation that reports health or status.",
            signature="no-health-operation",
            expected="a status or health operation, or the address of a status page",
            seen="none",
            level=Level.INFORMATION,
            ask="Where do we see, by machine, whether the service is up?",
            build="A probe of our own with a cheap read, and an alert.",
        ),
    )


_WELL: dict[str, Any] = {"get": {"responses": {"200": {"description": "Well."}}}}
health_observable.healthy(document=document(paths={**ITEMS["paths"], "/health": _WELL}))
health_observable.broken(document=document())
