"""
What an event tells of can be read when the event is there.

Why it matters
    The first thing that a receiver does is to read what it was told of. If it is not there yet, the
    receiver files an error, or an old state, and nothing tells it to look again.

How it asks
    It brings events about at an address of ours, and reads what each tells of as soon as it has
    come; where it is not there, again after one and after five seconds.

Limits
    A delay that is shorter than the way of the event to us is not seen. What never appears is
    another fault, and is reported elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.checks.hearing import heard, pushes
from verifier.checks.hooked import HOOKED, Hooked
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Missing,
    Question,
    Request,
    Response,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="common practice; Standard Webhooks 1.0.0 (operational considerations)",
    catches="webhook-before-commit",
    price=1,
    applies=pushes,
)
def webhook_after_commit(vendor: Vendor) -> Flow:
    told = yield from heard(vendor)
    if not told.looks:
        yield Missing(reason="no event came of something that can be read", supply="such a webhook")
    early = [look for look in told.looks if look.later and not look.at_once]
    if not early:
        return ()
    return (
        Finding(
            says="An event is told before what it tells of can be read.",
            signature="webhook-before-commit",
            operation=told.trigger.resource.read,
            at=told.trigger.hook.at if told.trigger.hook else None,
            evidence=(*(d.id for d in told.deliveries), *(look.exchange for look in early)),
            expected="the state that the event tells of, at once",
            seen="not there at first, there some seconds later",
            ask="Send events after what they tell of was committed, and can be read.",
            build="Wait some seconds before reading what an event tells of, and look again.",
        ),
    )


webhook_after_commit.healthy(Hooked, document=HOOKED)


@webhook_after_commit.broken(document=HOOKED)
class Replicated(Hooked):
    """Reads from a replica that is a little behind."""

    now: Callable[[], float] = staticmethod(lambda: 0.0)

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """With the time of its making."""
        return {**given, "made": self.now()}

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """Without it."""
        return {name: held for name, held in item.items() if name != "made"}

    def read(self, request: Request, id: str) -> Response:
        """Not there yet."""
        behind = self.now() - self.items[id]["made"] < 1.0
        return self.missing(request, id) if behind else super().read(request, id)
