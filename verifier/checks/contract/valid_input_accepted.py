"""
A request that the document allows is accepted.

Why it matters
    Rules that are not in the document are found one refusal at a time, in production, by the
    records that nobody thought of.

How it asks
    Valid requests from examples, from the edges of what is allowed, and from random depth. Each
    was checked to be valid, and a refusal is repeated before it is reported.

Limits
    401, 403, 404, 409, 410, 412, 423, 424, 428 and 429 depend on state or rights and are not
    judged, and neither is a refusal in whose words something was not found, nor a patch of
    operations and paths (RFC 6902): both depend on what is there. A business rule that no schema
    can state shows up here too: then it is a gap in the document, and the finding says which value
    was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.checks.gist import gist, misses
from verifier.checks.specimens import Shelf
from verifier.checks.websites import is_web_page
from verifier.model import (
    Confidence,
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

DEPENDS_ON_STATE = frozenset({401, 402, 403, 404, 409, 410, 412, 423, 424, 428, 429})


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.10 Operation Object (parameters, requestBody)",
    catches="refuses-valid",
    inputs=(Validity.VALID,),
)
def valid_input_accepted(seen: Observation) -> Findings | None:
    status = seen.exchange.status
    if not 400 <= status < 500 or status in DEPENDS_ON_STATE or _depends(seen):
        heard = seen.exchange.succeeded and not is_web_page(seen.operation, seen.exchange)
        return () if heard else None
    own = seen.case.phase == "example"
    special = seen.case.says.partition(":")[0]
    return (
        Finding(
            says=f"It answered {status} to a request that its document allows ({special}).",
            signature=f"refused:{status}:{_where(seen.case.aspect)}",
            operation=seen.operation.key,
            at=seen.operation.at,
            evidence=(seen.exchange.id,),
            expected="2xx",
            seen=f"{status} to: {seen.case.says}",
            confidence=Confidence.HIGH if own else Confidence.MEDIUM,
            cause=gist(seen.exchange),
            ask="Accept it, or write the rule that forbids it into the document.",
            build="Expect refusals beyond the document; keep refused records for a person.",
        ),
    )


def _depends(seen: Observation) -> bool:
    """Whether it depends on what is there: what is patched, and what is said not to be found."""
    return _patches(seen.case.draft.body) or misses(seen.exchange)


def _patches(body: Any) -> bool:
    """Whether a body says what is to be done where, as JSON Patch does."""
    steps = body if isinstance(body, list) else ()
    return any(isinstance(step, Mapping) and {"op", "path"} <= step.keys() for step in steps)


def _where(aspect: str) -> str:
    """The part of the request that was special: one cause is one finding, whatever the value."""
    parts = aspect.split(":")
    return parts[1] if len(parts) > 1 else aspect


valid_input_accepted.healthy(Shelf)


@valid_input_accepted.broken
class Picky(Shelf):
    """Wants a note, which is optional."""

    def create(self, request: Request) -> Response:
        """Refuse what has no note."""
        fine = b'"note"' in request.body
        return super().create(request) if fine else self.problem(422, "A note, please")
