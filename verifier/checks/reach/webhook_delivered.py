"""
Every event that we asked to be told of is told.

Why it matters
    What is not told is not known: an invoice that was paid stays open on our side, and nobody
    notices until the customer complains.

How it asks
    It registers an address of ours, brings two events about, and waits for each. The address is
    removed at the end.

Limits
    It takes a way for the vendor to us (``--webhook-url``), and an event that can be brought about
    by creating something; where the document names no events, silence after a creation says
    nothing. How long a delivery may take is ``webhooks: {delivery_seconds: ...}`` in
    vendor.yaml; where that is not said, silence is a warning.
"""

from __future__ import annotations

from typing import Any

from verifier.checks.hearing import PRICE, heard, pushes
from verifier.checks.hooked import HOOKED, Hooked
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Level,
    Missing,
    Question,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="Standard Webhooks 1.0.0; the vendor's own promise",
    catches="webhook-lost",
    price=PRICE,
    applies=pushes,
)
def webhook_delivered(vendor: Vendor) -> Flow:
    told = yield from heard(vendor)
    came = len(told.deliveries)
    if came >= told.caused:
        return ()
    if not (came or told.trigger.event):
        yield Missing(
            reason=f"no event is documented, and creating {told.trigger.resource.name} told none",
            supply="webhooks in the document, with the names of their events",
        )
    name = told.trigger.event or "a change"
    return (
        Finding(
            says=f"Of {told.caused} events ({name}), {came or 'none'} was told.",
            signature="webhook-lost" if came else "webhook-never",
            operation=told.trigger.resource.create,
            at=told.trigger.hook.at if told.trigger.hook else None,
            evidence=(*told.causes, *(delivery.id for delivery in told.deliveries)),
            expected=f"each of {told.caused} delivered within {told.waited_seconds:g} s",
            seen=f"{came}",
            level=Level.FAIL if vendor.webhooks.delivery_seconds or came else Level.WARNING,
            ask="Why are events lost, and how do we see which?",
            build="A nightly comparison of both systems; webhooks only to be faster.",
        ),
    )


webhook_delivered.healthy(Hooked, document=HOOKED)


@webhook_delivered.broken(document=HOOKED)
class Dropping(Hooked):
    """Tells every other event."""

    def announce(self, item: dict[str, Any]) -> None:
        """The odd ones are lost."""
        if len(self.items) % 2:
            super().announce(item)
