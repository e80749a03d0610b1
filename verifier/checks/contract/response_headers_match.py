"""
Documented response headers are there and obey their schema.

Why it matters
    Rate limits, paging and locks are read from headers. One that is documented as required and
    missing disables the logic that depends on it, silently.

How it asks
    It looks at every answer to the valid and invalid requests drawn for an operation.

Limits
    A header that is not marked required may be absent. Content-Type is judged elsewhere.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.contract import reading
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


@check(
    question=Question.CONTRACT,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.21 Header Object",
    catches="missing-header",
    inputs=(Validity.VALID, Validity.BROKEN),
)
def response_headers_match(seen: Observation) -> Findings | None:
    read = reading(seen)
    if read is None or read.spec is None:
        return None
    return tuple(
        Finding(
            says=f"The header {violation.path} of its {seen.exchange.status} {violation.says}.",
            signature=f"header:{seen.exchange.status}:{violation.path.lower()}:{violation.keyword}",
            operation=seen.operation.key,
            at=violation.schema_at or seen.operation.at,
            evidence=(seen.exchange.id,),
            expected=f"a header {violation.path} as documented",
            seen=violation.says,
            ask=f"Send the header {violation.path} as documented.",
            build=f"Do not rely on {violation.path} being there.",
        )
        for violation in read.header_violations
    )


def _with_header() -> dict[str, Any]:
    paths = dict(ITEMS["paths"])
    listing = dict(paths["/items"]["get"])
    ok = {
        **listing["responses"]["200"],
        "headers": {"X-Total": {"required": True, "schema": {"type": "integer"}}},
    }
    listing["responses"] = {**listing["responses"], "200": ok}
    return document(paths={**paths, "/items": {**paths["/items"], "get": listing}})


@response_headers_match.healthy(document=_with_header())
class Counts(Shelf):
    """Says how many there are."""

    def list(self, request: Request) -> Response:
        """A list with its documented header."""
        plain = super().list(request)
        total = (("X-Total", str(len(self.items))),)
        return Response(status=plain.status, headers=(*plain.headers, *total), body=plain.body)


response_headers_match.broken(Shelf, document=_with_header())
