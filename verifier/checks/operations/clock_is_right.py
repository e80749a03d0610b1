"""
The vendor's clock is right.

Why it matters
    Tokens, signatures, "changed since" and Retry-After dates all compare two clocks. A vendor whose
    clock is off makes ours look wrong.

How it asks
    One ordinary request; its Date must lie between our sending it and our having the answer, half a
    minute more or less.

Limits
    Our own clock is taken to be right. The date has a resolution of one second, and a cache in
    between may hold an older one (an Age header is allowed for).
"""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime

from verifier.checks.provoking import readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

TOLERANCE_SECONDS = 30.0


@check(
    question=Question.OPERATIONS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 6.6.1 and 5.6.7",
    catches="clock-skewed",
    price=1,
)
def clock_is_right(vendor: Vendor) -> Flow:
    operation = next(readable(vendor), None)
    request = Request(method="GET", path="/")
    if operation is not None:
        drawn = yield Draw(operation=operation.key)
        request = drawn.request
    exchange = yield Send(request)
    response = exchange.response
    if response is None:
        return ()
    stated = response.header("date")
    if stated is None:
        says = "Its answers carry no date."
        return (_finding(exchange, says, "no-date", "none", Level.WARNING),)
    off = _seconds_off(stated, exchange)
    if off is None:
        says = "The date of its answers is not an HTTP date."
        return (_finding(exchange, says, "date-malformed", stated, Level.FAIL),)
    if abs(off) <= TOLERANCE_SECONDS:
        return ()
    says = f"Its clock is {abs(off):.0f} seconds {'ahead' if off > 0 else 'behind'}."
    return (_finding(exchange, says, "clock-off", stated, Level.FAIL),)


def _seconds_off(stated: str, exchange: Exchange) -> float | None:
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError):
        return None
    age = exchange.response.header("age") if exchange.response else None
    held = float(age) if age and age.isdigit() else 0.0
    told = moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() + held
    return told - min(max(told, exchange.started), exchange.ended)


def _finding(exchange: Exchange, says: str, signature: str, seen: str, level: Level) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        evidence=(exchange.id,),
        expected="the time of the answer, within half a minute",
        seen=seen,
        level=level,
        ask="Keep the servers' clocks in step (NTP) and send a Date with every answer.",
        build="Use the vendor's Date, not our clock, where the two are compared.",
    )


clock_is_right.healthy(Shelf)


@clock_is_right.broken
class Slow(Shelf):
    """Lives in the past."""

    def finish(self, request: Request, response: Response) -> Response:
        """A date of last year."""
        done = super().finish(request, response)
        kept = tuple(h for h in done.headers if h[0] != "Date")
        late = ("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
        return Response(status=done.status, headers=(*kept, late), body=done.body)
