"""
The document says how much may be asked, and what happens beyond.

Why it matters
    A limit that is met unprepared stops the whole integration at once, usually on the busiest day.

How it asks
    It does not: it looks for 429 answers, rate-limit headers and Retry-After in the document.

Limits
    A limit that is described only on another page is not seen. Whether the limit is true is not
    tried here.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import Contract, Effect, Finding, Findings, Level, Question, Severity, check


def _has_operations(contract: Contract) -> str:
    return "" if contract.operations else "the document has no operations"


@check(
    question=Question.LIMITS,
    severity=Severity.MINOR,
    effect=Effect.NONE,
    source="RFC 6585, 4; draft-ietf-httpapi-ratelimit-headers",
    applies=_has_operations,
)
def limits_documented(contract: Contract) -> Findings:
    told = [o for o in contract.operations if any(r.status == "429" for r in o.responses)]
    if contract.convention("limits"):
        return ()
    if told:
        return ()
    return (
        Finding(
            says="The document mentions no limit, no 429 and no header that would announce one.",
            signature="no-limits-documented",
            expected="429 with Retry-After, and headers that say what is left",
            seen="none in the document",
            level=Level.WARNING,
            ask="How many requests may we send, how is that announced, and what comes beyond?",
            build="Obey 429 and Retry-After anyway, and keep a pace of our own.",
        ),
    )


def _limited() -> dict[str, Any]:
    paths = dict(ITEMS["paths"])
    listing = dict(paths["/items"]["get"])
    wait = {"description": "Wait.", "headers": {"Retry-After": {"schema": {"type": "integer"}}}}
    listing["responses"] = {**listing["responses"], "429": wait}
    return document(paths={**paths, "/items": {**paths["/items"], "get": listing}})


limits_documented.healthy(document=_limited())
limits_documented.broken(document=document())
