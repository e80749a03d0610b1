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
    reported by ``contract.document-valid`` and not judged here. Where the request chose what to be
    shown (``fields=``), what is missing is not judged.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from verifier.checks.contract import reading, shape
from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Observation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    check,
)
from verifier.validating import Violation

# Parameters by which a caller chooses what an answer holds; what was not asked for may be missing.
SELECTS = re.compile(r"[_$]?(fields|select|only|include_fields|attributes)(\[.*\])?", re.IGNORECASE)


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.24 Schema Object; JSON Schema 2020-12",
    catches=("wrong-type-when-null", "missing-required-in-list", "number-as-string"),
    inputs=(Validity.VALID, Validity.BROKEN),
)
def response_matches_schema(seen: Observation) -> Findings | None:
    read = reading(seen)
    if read is None or read.spec is None or not read.media_ok or read.parse_error:
        return None
    by_kind: dict[tuple[str, str], Violation] = {}
    # What is of another type obeys nothing else that is asked of it either.
    typed = {shape(v.path) for v in read.violations if v.keyword == "type"}
    chosen = any(SELECTS.fullmatch(name) for name, _ in parse_qsl(seen.exchange.request.query))
    for violation in read.violations:
        if chosen and violation.keyword == "required":
            continue
        place = shape(violation.path)
        if violation.keyword == "type" or place not in typed:
            by_kind.setdefault((violation.keyword, place), violation)
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


_ITEM = ITEMS["paths"]["/items/{id}"]
_CHOICE = {"name": "_fields", "in": "query", "schema": {"type": "string", "minLength": 1}}
_CHOOSING = {**_ITEM, "get": {**_ITEM["get"], "parameters": [_CHOICE]}}


@response_matches_schema.healthy(
    document=document(paths={**ITEMS["paths"], "/items/{id}": _CHOOSING})
)
class Choosy(Shelf):
    """Sends no more of an item than was asked for."""

    def read(self, request: Request, id: str) -> Response:
        """One item, or what of it was chosen."""
        if "_fields=" not in request.query:
            return super().read(request, id)
        return self.json(200, {"id": id}, request)


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
