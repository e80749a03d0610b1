"""
A creation whose answer is lost on the way, asked again under its key, has one effect.

Why it matters
    This is how customers are charged twice: the payment went through, the line broke before the
    answer came, and the client asked again.

How it asks
    It sends a creation under a fresh key and cuts the connection once the request is on the wire,
    waits a moment, sends the same again, and counts by reading back.

Limits
    Whether the cut request was carried out is not known; where it never arrived, the check shows
    less than it seems. Without a list that shows what was created it is *not tested*.
"""

from __future__ import annotations

from verifier.checks.duplicates import creates_with_key, invisible, ordered, succeeded
from verifier.checks.effects import census, effects_of
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.model import (
    Abandon,
    Effect,
    Finding,
    Flow,
    Operation,
    Pause,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

SETTLING_SECONDS = 0.5


def _applies(operation: Operation, vendor: Vendor) -> str:
    against = creates_with_key(operation, vendor)
    resource = vendor.contract.resource_of(operation.key)
    if against or resource is None:
        return against
    return "" if resource.list else "no list shows what it creates"


@check(
    question=Question.DUPLICATES,
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="RFC 9110, 9.2.2; draft-ietf-httpapi-idempotency-key-header-07, 2.6",
    catches="lost-response-duplicates",
    price=10,
    applies=_applies,
)
def lost_response_single_effect(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    before = yield from census(vendor.contract, order.resource, order.path)
    lost = yield Abandon(order.request)
    yield Pause(SETTLING_SECONDS)
    again = yield Send(order.request)
    if again.status == 409:
        yield Pause(SETTLING_SECONDS * 4)
        again = yield Send(order.request)
    yield from succeeded(order.resource, again)
    found = yield from effects_of(vendor, order.resource, before, (again,), order.sent, order.path)
    if not found.ids:
        yield invisible(order.resource)
    if len(found.ids) <= found.of_one:
        return ()
    return (
        Finding(
            says=f"When the answer was lost and the request repeated under its key, "
            f"{len(found.ids)} {order.resource.name} came of it.",
            signature="lost-response-duplicates",
            operation=operation.key,
            at=operation.at,
            evidence=(lost.id, again.id, *found.evidence),
            expected=f"one of {order.resource.name}",
            seen=f"{len(found.ids)}: {', '.join(found.ids[:5])}",
            ask="Remember an idempotency key before the work is done, not after the answer is out.",
            build="After a lost answer, look for the record by a reference of our own first.",
        ),
    )


lost_response_single_effect.healthy(KeyedShelf, document=KEYED)


@lost_response_single_effect.broken(document=KEYED)
class Deaf(KeyedShelf):
    """Remembers a key only once the second request has come."""

    def __init__(self) -> None:
        super().__init__()
        self.tried: set[tuple[str, str]] = set()

    def remember(self, place: tuple[str, str], request: Request, answer: Response) -> None:
        """Keep nothing of the first attempt."""
        if place in self.tried:
            super().remember(place, request, answer)
        self.tried.add(place)
