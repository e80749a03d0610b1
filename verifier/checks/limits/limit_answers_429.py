"""
Whoever asks too often is told so, and not that the vendor is down.

Why it matters
    429 means "wait, then go on". 503, 403 or a broken connection mean something else to every
    client and to every alarm: our own haste looks like the vendor's outage, or like a lost key.

How it asks
    One burst of reads, as short as the limit allows, and never more than 60 requests; what is
    answered to the first that is too much.

Limits
    A limit that is higher than a burst may be is not met, and nothing is said. GitHub's 403 with
    Retry-After is a documented dialect, and still has to be told apart by every client.
"""

from __future__ import annotations

from verifier.checks.meeting import PRICE, limit_met, reachable
from verifier.checks.metered import METERED, Metered
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Level,
    Question,
    Request,
    Response,
    Severity,
    Vendor,
    check,
)

TOO_MANY, FORBIDDEN = 429, 403


@check(
    question=Question.LIMITS,
    severity=Severity.MAJOR,
    effect=Effect.BURST,
    source="RFC 6585, 4",
    catches="limit-as-503",
    price=PRICE,
    applies=reachable,
)
def limit_answers_429(vendor: Vendor) -> Flow:
    met = yield from limit_met(vendor)
    refusal = met.refusal
    if refusal is None or refusal.status == TOO_MANY:
        return ()
    hinted = refusal.response is not None and refusal.response.header("retry-after") is not None
    tolerable = hinted and refusal.status == FORBIDDEN
    return (
        Finding(
            says=f"Whoever asks too often {_told(refusal.status)}.",
            signature=f"limited-as:{refusal.status or 'nothing'}",
            operation=met.operation,
            evidence=(met.burst[0].id, refusal.id),
            expected="429 with Retry-After",
            seen=f"{refusal.answer} after {met.accepted} requests in {met.seconds:.1f} seconds",
            level=Level.WARNING if tolerable else Level.FAIL,
            ask="Answer 429, with Retry-After, to whoever is over the limit.",
            build="Take this answer for a limit, too: wait, and ask again more slowly.",
        ),
    )


def _told(status: int) -> str:
    if not status:
        return "is given no answer"
    meanings = {503: "that the vendor is down", 403: "that it may not", 401: "that its key is bad"}
    return f"is told {meanings.get(status, 'something else')} ({status})"


limit_answers_429.healthy(Metered, document=METERED)


@limit_answers_429.broken(document=METERED)
class Balanced(Metered):
    """Leaves the limiting to a load balancer."""

    def beyond(self, request: Request) -> Response:
        """Over the limit is down."""
        return self.problem(503, "Unavailable")


@limit_answers_429.broken(document=METERED)
class Mute(Balanced):
    """Says neither what is left, nor when it begins anew."""

    def told(self, left: int) -> tuple[tuple[str, str], ...]:
        """Nothing."""
        return ()
