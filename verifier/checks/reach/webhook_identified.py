"""
An event has an id of its own, and keeps it when it is told again.

Why it matters
    Events are told twice, by everybody: that is how retries work. Only by its id does a receiver
    know that it has seen one, and does not book it again.

How it asks
    It brings events about at addresses of ours, refuses some, and compares ids: those of the
    attempts of one event must be the same, those of two events different.

Limits
    An id is looked for in the headers (``webhook-id``, ``X-...-Delivery``, ``...-Event-Id``) and in
    the member ``id`` of the body. Where nothing is told again, only the second half is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verifier.checks.hearing import Heard, heard, pushes
from verifier.checks.hooked import HOOKED, Hooked
from verifier.model import (
    Delivery,
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

NAMED = re.compile(
    r"^(?:webhook|svix)-id$|-(?:event|message|notification)-?id$|-delivery$|-idempotency-key$"
)


@check(
    question=Question.REACH,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="Standard Webhooks 1.0.0 (webhook-id is the same on every attempt)",
    catches="webhook-new-id-on-retry",
    price=1,
    applies=pushes,
)
def webhook_identified(vendor: Vendor) -> Flow:
    told = yield from heard(vendor)
    if not told.first:
        yield Missing(reason="no event came", supply="a webhook that is delivered")
    return tuple(_judged(told))


def _judged(told: Heard) -> Iterator[Finding]:
    if not all(map(_ids, told.first)):
        says = "Its events have no id: one that is told twice cannot be known."
        yield _finding(told, says, "webhook-without-id", told.first, Level.WARNING)
        return
    for held in told.refused.values():
        if len(held) > 1 and not _ids(held[0]) & _ids(held[1]):
            says = "An event has another id each time it is told."
            yield _finding(told, says, "webhook-new-id-on-retry", held, Level.FAIL)
            return
    seen: dict[frozenset[str], Delivery] = {}
    for delivery in told.deliveries:
        other = seen.setdefault(_ids(delivery), delivery)
        if other is not delivery:
            says = "Two events have one id: the second is taken for the first."
            yield _finding(told, says, "webhook-shared-id", (other, delivery), Level.FAIL)
            return


def _ids(delivery: Delivery) -> frozenset[str]:
    """Every id of a delivery; only what all of them hold in common counts."""
    found = {value for name, value in delivery.headers if NAMED.search(name.lower())}
    body = delivery.json_or_none()
    inner = body.get("id") if isinstance(body, Mapping) else None
    return frozenset({*found, *([inner] if isinstance(inner, str) else [])})


def _finding(
    told: Heard, says: str, signature: str, shown: tuple[Delivery, ...], level: Level
) -> Finding:
    ids = [", ".join(sorted(_ids(delivery))) or "none" for delivery in shown]
    return Finding(
        says=says,
        signature=signature,
        operation=told.trigger.resource.create,
        at=told.trigger.hook.at if told.trigger.hook else None,
        evidence=tuple(delivery.id for delivery in shown),
        expected="one id for each event, the same on every attempt",
        seen="; ".join(ids[:4]),
        level=level,
        ask="By what do we know that an event was told before?",
        build="Tell events apart by what they are about and when, and make handling them safe to "
        "repeat.",
    )


webhook_identified.healthy(Hooked, document=HOOKED)


@webhook_identified.broken(document=HOOKED)
class Numbering(Hooked):
    """Makes ids when a request is sent."""

    def id_of(self, id: str, number: int) -> str:
        """Each attempt has its own."""
        return f"msg_{self.told}_{number}"

    def payload(self, id: str, item: dict[str, object]) -> bytes:
        """Without an id in it."""
        return super().payload("", item).replace(b'"id":"",', b"")
