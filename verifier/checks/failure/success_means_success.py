"""
An answer that says it succeeded holds no error.

Why it matters
    Everything between two systems goes by the status: retries, alerts, caches. An error inside a
    success is taken for data, and stored.

How it asks
    It asks for items that nobody gave an id to, sends bodies that are no JSON where writing is
    allowed, and looks into every answer of 2xx for an error.

Limits
    An error is recognised by its usual marks: a member ``error`` or ``errors`` that is not empty,
    ``success`` or ``ok`` that is false, a ``status`` of ``error``.
"""

from __future__ import annotations

from verifier.checks.provoking import MOST, provocations
from verifier.checks.serving import error_in
from verifier.checks.specimens import Shelf
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Question,
    Request,
    Response,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 15.3 (2xx: received, understood, and accepted)",
    catches="error-inside-200",
    price=MOST,
    anonymous=True,
)
def success_means_success(vendor: Vendor) -> Flow:
    answers = yield from provocations(vendor)
    false = [(e, mark) for e in answers if e.succeeded and (mark := error_in(e.value))]
    if not false:
        return ()
    exchange, mark = false[0]
    return (
        Finding(
            says=f"It answered {exchange.status} with an error inside.",
            signature="error-inside-success",
            operation=exchange.request.operation,
            evidence=tuple(e.id for e, _ in false),
            expected="a status of 4xx",
            seen=f"{exchange.status} with {mark}",
            ask="Let the status say whether it succeeded.",
            build="Look for an error in every answer, whatever its status.",
        ),
    )


success_means_success.healthy(Shelf)


@success_means_success.broken
class Polite(Shelf):
    """Never says no."""

    def missing(self, request: Request, id: str) -> Response:
        """A success that is none."""
        return self.json(200, {"success": False, "error": {"message": "No such item"}})
