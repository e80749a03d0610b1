"""
When an answer says when to come back, a client can obey.

Why it matters
    Retry-After is what turns a failure into a pause. Written for people, or naming an hour that is
    over, it is thrown away by every library, which then asks again at once.

How it asks
    Up to nine errors of different causes, and, where limits may be met, the refusal of a burst.
    Every Retry-After among them must be a number of seconds or an HTTP date, not over yet, and no
    further away than a day.

Limits
    It is about the form. Whether it is true is limits.retry-after-is-true. An answer without the
    header is none of its business.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from verifier.checks.meeting import limit_met, reachable
from verifier.checks.metered import METERED, Metered
from verifier.checks.provoking import provoke
from verifier.model import (
    Effect,
    Exchange,
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

LONGEST_SECONDS, SLACK_SECONDS = 86_400.0, 60.0


@check(
    question=Question.FAILURE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9110, 10.2.3",
    catches="retry-after-garbage",
    price=11,
    alone=True,
    applies=reachable,
)
def retry_after_usable(vendor: Vendor) -> Flow:
    said = [error for error in (yield from provoke(vendor)) if _value(error)]
    found = [flawed for error in said for flawed in _judge(error)]
    if found:
        return found[:1]
    if vendor.burstable:
        met = yield from limit_met(vendor)
        said += [met.refusal] if met.refusal and _value(met.refusal) else []
        found = [flawed for refusal in said[-1:] for flawed in _judge(refusal)]
    if not said:
        yield Missing(
            reason="none of its refusals says when to come back",
            supply="" if vendor.burstable else "--allow-bursts",
        )
    return found


def _value(exchange: Exchange) -> str:
    return (exchange.response.header("retry-after") or "") if exchange.response else ""


def _judge(exchange: Exchange) -> list[Finding]:
    value = _value(exchange).strip()
    seconds = _seconds(value, exchange.started)
    if seconds is None:
        says = "Its Retry-After is neither a number of seconds nor a date."
        return [_finding(exchange, says, "retry-after-garbage", Level.FAIL)]
    if seconds < -SLACK_SECONDS:
        says = "Its Retry-After names a time that is over."
        return [_finding(exchange, says, "retry-after-over", Level.FAIL)]
    if seconds > LONGEST_SECONDS:
        says = f"Its Retry-After asks to wait for {seconds / 3600:.0f} hours."
        return [_finding(exchange, says, "retry-after-absurd", Level.WARNING)]
    return []


def _seconds(value: str, now: float) -> float | None:
    """Until it allows us to come back; less than nothing where that is over."""
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        return parsedate_to_datetime(value).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None


def _finding(exchange: Exchange, says: str, signature: str, level: Level) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        operation=exchange.request.operation,
        evidence=(exchange.id,),
        expected="a number of seconds, or an HTTP date to come",
        seen=f"{_value(exchange)[:80]} with {exchange.status}",
        level=level,
        ask="Write Retry-After as whole seconds, or as an HTTP date in GMT.",
        build="A wait of our own, longer each time, wherever Retry-After cannot be read.",
    )


retry_after_usable.healthy(Metered, document=METERED)


@retry_after_usable.broken(document=METERED)
class Wordy(Metered):
    """Writes the unit beside the number."""

    def beyond(self, request: Request) -> Response:
        """For people."""
        return self.problem(429, "Too many", ("Retry-After", f"{self.resets_in()} seconds"))


@retry_after_usable.broken(document=METERED)
class Late(Metered):
    """Never set the clock of its gateway."""

    def beyond(self, request: Request) -> Response:
        """Long ago."""
        return self.problem(429, "Too many", ("Retry-After", "Fri, 01 Jan 2010 00:00:00 GMT"))
