"""
Whoever waits as long as they are told to is let through again.

Why it matters
    Retry-After is what every client obeys without being taught. If it lies, clients come back too
    early, are refused again, and keep the limit busy for ever.

How it asks
    The first refusal of a burst: how long does it ask us to wait? After exactly that time, once
    more.

Limits
    Where it asks for more than two minutes, nobody waits so long here, and its truth is not tried.
    A limit without Retry-After is a warning: the header is optional. Whether it can be read at all
    is failure.retry-after-usable.
"""

from __future__ import annotations

from verifier.checks.meeting import Met, limit_met, reachable
from verifier.checks.metered import METERED, Metered
from verifier.checks.waits import timeline
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Request,
    Response,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.LIMITS,
    severity=Severity.MAJOR,
    effect=Effect.BURST,
    source="RFC 9110, 10.2.3; RFC 6585, 4",
    catches="retry-after-lies",
    price=2,
    applies=reachable,
)
def retry_after_is_true(vendor: Vendor) -> Flow:
    met = yield from limit_met(vendor)
    refusal = met.refusal
    if refusal is None or refusal.response is None:
        return ()
    value = refusal.response.header("retry-after")
    if value is None:
        says = "Its refusal does not say when to come back."
        return (_finding(met, says, "no-retry-after", "none", Level.WARNING),)
    if met.asked_seconds is None:
        yield Missing(reason="its Retry-After cannot be read; see failure.retry-after-usable")
    if met.after is None:
        yield Missing(reason=f"nobody waits {met.asked_seconds:.0f} s to see whether it is true")
        return ()
    if met.after.succeeded:
        says = f"After the wait that it asked for ({met.asked_seconds:.0f} s), it went on."
        return (_finding(met, says, "retry-after-kept", value[:80], Level.INFORMATION),)
    says = f"After the wait that it asked for ({met.asked_seconds:.0f} s), it refused again."
    return (_finding(met, says, "retry-after-lies", met.after.answer, Level.FAIL),)


def _finding(met: Met, says: str, signature: str, seen: str, level: Level) -> Finding:
    refused = (met.refusal.id,) if met.refusal else ()
    return Finding(
        says=says,
        signature=signature,
        operation=met.operation,
        evidence=(*refused, *((met.after.id,) if met.after else ())),
        expected="a number of seconds (or an HTTP date) after which it goes on",
        seen=seen,
        level=level,
        ask="Say in Retry-After when the limit ends, in seconds, rounded up.",
        build="Wait at least as long as Retry-After says, and longer each time that fails.",
        detail=timeline(met),
    )


retry_after_is_true.healthy(Metered, document=METERED)


@retry_after_is_true.broken(document=METERED)
class Constant(Metered):
    """Always says the same."""

    def beyond(self, request: Request) -> Response:
        """A second, whatever the clock says."""
        return self.problem(429, "Too many", ("Retry-After", "0"))


@retry_after_is_true.broken(document=METERED)
class Speechless(Metered):
    """Refuses, and nothing else."""

    def beyond(self, request: Request) -> Response:
        """Too many."""
        return self.problem(429, "Too many")
