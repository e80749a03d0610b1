"""
Every status that the API answers is one that its document lists.

Why it matters
    An integration is written for the answers that the document names. One that it does not name
    falls into the branch that nobody wrote.

How it asks
    It looks at every answer to the valid and invalid requests drawn for an operation. Ranges
    (``4XX``) and ``default`` count as listed.

Limits
    Statuses that any HTTP API may give (401, 403, 405, 413, 415, 429, 5xx) are a warning where the
    document leaves them out, not a failure. So are 400 and 422 to invalid input, where the document
    lists neither.
"""

from __future__ import annotations

from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Observation,
    Question,
    Request,
    Response,
    Severity,
    Validity,
    check,
)

USUAL = frozenset({401, 403, 405, 406, 413, 415, 429, 431})
REFUSALS = frozenset({400, 422})


@check(
    question=Question.CONTRACT,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="OpenAPI 3.1.1, 4.8.16 Responses Object",
    catches="undocumented-status",
    inputs=(Validity.VALID, Validity.BROKEN),
)
def status_documented(seen: Observation) -> Findings:
    status = seen.exchange.status
    if not status or seen.operation.response(status):
        return ()
    listed = ", ".join(spec.status for spec in seen.operation.responses) or "none"
    usual = status in USUAL or status >= 500 or _untold_refusal(seen)
    return (
        Finding(
            says=f"It answered {status}, which the document does not list.",
            signature=f"undocumented-status:{status}",
            operation=seen.operation.key,
            at=seen.operation.at / "responses",
            evidence=(seen.exchange.id,),
            expected=f"one of {listed}",
            seen=str(status),
            level=Level.WARNING if usual else Level.FAIL,
            severity=Severity.MINOR if usual else None,
            ask=f"Document the answer {status} of {seen.operation.key}, with its body.",
            build="Treat every status by its class (2xx, 4xx, 5xx), never by a closed list.",
        ),
    )


def _untold_refusal(seen: Observation) -> bool:
    """Whether invalid input was refused, and the document does not say how that is done."""
    broken = seen.case.validity is Validity.BROKEN
    told = any(seen.operation.response(status) for status in REFUSALS)
    return broken and not told and seen.exchange.status in REFUSALS


status_documented.healthy(Shelf)


@status_documented.broken
class Teapot(Shelf):
    """Answers a status of its own when asked for a list."""

    def list(self, request: Request) -> Response:
        """A list under a status that is not in the document."""
        return Response(status=203, headers=super().list(request).headers, body=b'{"data":[]}')
