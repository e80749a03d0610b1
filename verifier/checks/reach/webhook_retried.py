"""
An event that we could not take is told again.

Why it matters
    Our receiver will be down, or too slow, or deployed at the wrong moment. What is told once, and
    never again, is lost on that day.

How it asks
    It registers addresses of ours that refuse the first attempt: with 500, with 429 and a
    Retry-After, and with a redirect (which is no success either). Each must be told a second time.

Limits
    First retries after minutes are common. How long the vendor takes is ``webhooks:
    {retry_seconds: ...}`` in vendor.yaml; where that is not said, two minutes of silence prove
    nothing. What is done after a receiver that never answers is not tried.
"""

from __future__ import annotations

from verifier.checks.hearing import Heard, heard, pushes
from verifier.checks.hooked import HOOKED, Hooked
from verifier.model import (
    Attempt,
    Delivery,
    Effect,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    RetryTimeline,
    Severity,
    Vendor,
    check,
    shown,
)


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="Standard Webhooks 1.0.0 (only 2xx is success; retries)",
    catches="webhook-one-attempt",
    price=1,
    applies=pushes,
)
def webhook_retried(vendor: Vendor) -> Flow:
    told = yield from heard(vendor)
    given_up = sorted(s for s, held in told.refused.items() if len(held) == 1)
    if not any(told.refused.values()):
        yield Missing(reason="no event came", supply="a webhook that is delivered")
    if not given_up:
        return (_finding(told, "It told again what we refused.", "webhook-retried", ()),)
    if not told.sure and len(given_up) == len(told.refused):
        yield Missing(
            reason=f"no second attempt came within {told.retried_seconds:g} s",
            supply="webhooks: {retry_seconds: SECONDS} in vendor.yaml: when it tries again",
        )
    refused = " and ".join(map(str, given_up))
    says = f"An event that we answered with {refused} is not told again."
    return (_finding(told, says, f"webhook-not-retried:{refused}", given_up),)


def _finding(told: Heard, says: str, signature: str, given_up: object) -> Finding:
    level = Level.INFORMATION
    if given_up:
        level = Level.FAIL if 500 in tuple(given_up) else Level.WARNING  # type: ignore[arg-type]
    return Finding(
        says=says,
        signature=signature,
        operation=told.trigger.resource.create,
        at=told.trigger.hook.at if told.trigger.hook else None,
        evidence=tuple(d.id for held in told.refused.values() for d in held),
        expected=f"a second attempt within {told.retried_seconds:g} s",
        seen="none" if given_up else "a second attempt for each",
        level=level,
        ask="When, and how often, is an event told again that we did not answer with 2xx?",
        build="A receiver that only writes down and answers, and a nightly comparison.",
        detail=shown(RetryTimeline(attempts=_attempts(told))),
    )


def _attempts(told: Heard) -> tuple[Attempt, ...]:
    came = [(status, d) for status, held in told.refused.items() for d in held]
    begins = min((d.received for _, d in came), default=0.0)
    return tuple(_attempt(status, d, d.received - begins) for status, d in came)


def _attempt(status: int, delivery: Delivery, at: float) -> Attempt:
    return Attempt(
        at_seconds=round(at, 3),
        took_seconds=0.0,
        lane=f"we say {status}",
        answer=str(delivery.answered),
        good=True,
        exchange=delivery.id,
    )


webhook_retried.healthy(Hooked, document=HOOKED)


@webhook_retried.broken(document=HOOKED)
class Once(Hooked):
    """Fires, and forgets."""

    def waits(self) -> tuple[float, ...]:
        """One attempt."""
        return (0.0,)


@webhook_retried.broken(document=HOOKED)
class Redirected(Hooked):
    """Takes a redirect for success."""

    def heard(self, status: int) -> bool:
        """Below 400 is well."""
        return 200 <= status < 400
