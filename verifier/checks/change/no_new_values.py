"""
Members with a listed choice of values have no other.

Why it matters
    A vendor that adds a state to its code often forgets the document, and announces nothing. A
    client that knows four states meets the fifth in production, where it is neither handled nor
    refused.

How it asks
    It looks at every answer to the valid requests drawn for an operation, and reports values of
    enumerations that the document does not list.

Limits
    One run shows the values of the records that are there today. What earlier days showed, and
    new fields, types and formats, is what ``verifier watch`` learns and tells.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.contract import reading, shape
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Observation,
    Question,
    Severity,
    Validity,
    check,
)
from verifier.validating import Violation

LISTED = ("enum", "const")


@check(
    question=Question.CHANGE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="JSON Schema 2020-12 Validation, 6.1.2 enum",
    catches="new-enum-value",
    inputs=(Validity.VALID,),
)
def no_new_values(seen: Observation) -> Findings | None:
    read = reading(seen)
    if read is None or read.spec is None or not seen.exchange.succeeded:
        return None
    if not read.media_ok or read.parse_error:
        return None
    new = {
        (shape(violation.path), violation.says): violation
        for violation in read.violations
        if violation.keyword in LISTED
    }
    mistyped = {shape(v.path) for v in read.violations if v.keyword == "type"}
    return tuple(
        _finding(seen, path, violation)
        for (path, _), violation in new.items()
        if path not in mistyped
    )


def _finding(seen: Observation, path: str, violation: Violation) -> Finding:
    where = path or "the body itself"
    return Finding(
        says=f"Its {seen.exchange.status} holds a value at {where} that the document does not "
        f"list: {violation.says}.",
        signature=f"new-value:{seen.exchange.status}:{path}",
        operation=seen.operation.key,
        at=violation.schema_at or seen.operation.at,
        evidence=(seen.exchange.id,),
        expected="one of the documented values",
        seen=f"{violation.path or '/'}: {violation.says}",
        ask=f"Since when does {where} have this value, which others does it have, and how are new "
        "ones announced?",
        build="Handle values that you do not know: keep them, and do not stop at them.",
        detail={"schema": True, "keyword": violation.keyword},
    )


no_new_values.healthy(Shelf)


@no_new_values.healthy
class Untyped(Shelf):
    """Sends no text at all, which is another defect."""

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """An item whose status is a number."""
        return {**item, "status": 3}


@no_new_values.broken
class Ahead(Shelf):
    """Has a state that its document does not know yet."""

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """An item in that state."""
        return {**item, "status": "reserved"}
