"""
The vendor's document breaks nothing that its pinned earlier edition promised.

Why it matters
    An integration is built against a document on one day and runs for years. What the vendor
    took away or demands since then breaks it without anybody having touched it.

How it asks
    It does not: it holds the document against the earlier one that was pinned beside the vendor,
    by meaning, and tells each breaking change once, with the operations that it reaches.

Limits
    It sees what documents say, not what the vendor does. Changes that only warn (a value more in
    an answer, an optional field gone) break strict programs only. Which of two patterns allows
    more is not decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.checks.specimens import ITEMS, document
from verifier.model import (
    Change,
    Contract,
    Doubt,
    Effect,
    Finding,
    Findings,
    Impact,
    Level,
    Question,
    Severity,
    Side,
    Vendor,
    check,
)

MOST_TOLD = 30
LEVELS = {Impact.BREAKING: Level.FAIL, Impact.WARNING: Level.WARNING}
KINDS = {Impact.BREAKING: "breaking", Impact.WARNING: "doubtful"}
BUILD = {
    Side.REQUEST: "Send what the new document asks for before the vendor insists on it.",
    Side.RESPONSE: "Read answers so that both the old form and the new one are understood.",
    Side.NONE: "Move off what is gone, or stay on the earlier version while it is served.",
}


def _pinned(contract: Contract, vendor: Vendor) -> str:
    known = vendor.changes is not None
    return "" if known else "no earlier document is pinned to compare with"


@check(
    question=Question.CHANGE,
    severity=Severity.MAJOR,
    effect=Effect.NONE,
    source="the vendor's own earlier document",
    applies=_pinned,
)
def nothing_broke(contract: Contract, vendor: Vendor) -> Findings:
    comparison = vendor.changes
    if comparison is None:
        return []
    doubtful = [_doubtful(doubt) for doubt in comparison.doubts if doubt.fatal]
    if doubtful:
        return doubtful
    return [
        finding for impact in LEVELS for finding in _findings(list(comparison.of(impact)), impact)
    ]


def _doubtful(doubt: Doubt) -> Finding:
    """What was not compared is no unchanged document: a person looks at it."""
    return Finding(
        says=f"The change could not be checked: {doubt.says}",
        signature="could-not-check",
        expected="two documents that can be compared",
        seen=doubt.says,
        ask="Which document is the one that holds?",
        build=doubt.mend,
        level=Level.FAIL,
    )


def _findings(changes: list[Change], impact: Impact) -> Iterator[Finding]:
    level = LEVELS[impact]
    for change in changes[:MOST_TOLD]:
        yield Finding(
            says=change.says + _reach(change),
            signature=f"{change.rule}:{change.fingerprint}",
            operation=change.operations[0] if change.operations else "",
            at=change.new,
            expected="what the pinned document promised",
            seen=change.rule,
            ask="Was this meant, since when does it hold, and how are such changes announced?",
            build=BUILD[change.direction],
            level=level,
            severity=None if level is Level.FAIL else Severity.MINOR,
            detail={
                "direction": change.direction.value,
                "reason": change.reason,
                "before": str(change.old or ""),
                "operations": list(change.operations),
                "reach": change.reach,
            },
        )
    more = changes[MOST_TOLD:]
    if more:
        yield Finding(
            says=f"{len(more)} more {KINDS[impact]} changes since the pinned document.",
            signature=f"more-{impact.value}",
            expected="what the pinned document promised",
            seen=", ".join(sorted({change.rule for change in more})),
            ask="Is there a list of all changes since then?",
            level=level,
            severity=None if level is Level.FAIL else Severity.MINOR,
            detail={"changes": [change.says for change in more[:500]]},
        )


def _reach(change: Change) -> str:
    """Whom it concerns, where the sentence does not say it itself."""
    first = change.operations[0] if change.operations else ""
    if not first or first in change.says:
        return ""
    return f" ({first}" + (f" and {change.reach - 1} more)" if change.reach > 1 else ")")


def _with_status(*values: str, **more: Any) -> dict[str, Any]:
    status = {"name": "status", "in": "query", **more}
    schema = {"type": "string", "enum": list(values)}
    listing = {**ITEMS["paths"]["/items"]["get"], "parameters": [{**status, "schema": schema}]}
    return document(paths={"/items": {"get": listing}})


nothing_broke.healthy(document=document(), before=document())
nothing_broke.healthy(document=document(), before=_with_status("draft"))
nothing_broke.broken(document=_with_status("draft"), before=_with_status("draft", "sold"))
nothing_broke.broken(document=_with_status("draft", required=True), before=_with_status("draft"))
nothing_broke.broken(document=document(paths={}), before=document())
