"""
Every body obeys the schema that the document gives for it.

Why it matters
    Generated clients and typed code stop at the first field that is missing, null or of another
    type. It usually happens on the rare record, in production.

How it asks
    It looks at every answer to the valid and invalid requests drawn for an operation. What the
    compiled validator rejects is confirmed by a second, independent one before it is reported.

Limits
    Formats are asserted for well-known names only. Parts of a schema that cannot be compiled are
    reported by ``contract.document-valid`` and not judged here.
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


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.24 Schema Object; JSON Schema 2020-12",
    catches=("wrong-type-when-null", "missing-required-in-list", "number-as-string"),
    inputs=(Validity.VALID, Validity.BROKEN),
)
def response_matches_schema(seen: Observation) -> Findings:
    read = reading(seen)
    if read is None or not read.media_ok or read.parse_error:
        return ()
    by_kind: dict[tuple[str, str], Violation] = {}
    for violation in read.violations:
        by_kind.setdefault((violation.keyword, shape(violation.path)), violation)
    return tuple(
        _finding(seen, violation, keyword, path) for (keyword, path), violation in by_kind.items()
    )


def _finding(seen: Observation, violation: Violation, keyword: str, path: str) -> Finding:
    where = path or "the body itself"
    return Finding(
        says=f"The body of its {seen.exchange.status} breaks its schema at {where}: "
        f"{violation.says}.",
        signature=f"schema:{seen.exchange.status}:{keyword}:{path}",
        operation=seen.operation.key,
        at=violation.schema_at or seen.operation.at,
        evidence=(seen.exchange.id,),
        expected="a body that obeys its documented schema",
        seen=f"{violation.path or '/'}: {violation.says}",
        ask=f"Send {where} as documented, or correct the document.",
        build=f"Read {where} defensively: allow it to be missing, null or of another type.",
        detail={"schema": True, "keyword": keyword},
    )


response_matches_schema.healthy(Shelf)


@response_matches_schema.broken
class Loose(Shelf):
    """Sends the weight as text."""

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """An item whose weight is not a number."""
        return {**item, "weight": "heavy"}


@response_matches_schema.broken
class Forgetful(Shelf):
    """Leaves a required member out."""

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """An item without the time of its creation."""
        return {k: v for k, v in item.items() if k != "created_at"}
