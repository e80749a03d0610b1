"""
Another request under a used idempotency key is refused.

Why it matters
    A key that is used for two different requests is a bug of the client's. If the vendor carries
    the second one out, or answers it with the first result, the bug stays hidden and the second
    order is believed to be made.

How it asks
    It creates something under a fresh key, then sends another body under the same key, and reads
    back whether it took effect.

Limits
    Some vendors document that the first result is answered whatever the body: then the second
    half of the finding is a habit to know, not a fault.
"""

from __future__ import annotations

from verifier.checks.duplicates import Order, creates_with_key, ordered, succeeded
from verifier.checks.effects import Effects, census, effects_of
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.model import (
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Missing,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.DUPLICATES,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.2 and 2.7",
    catches="key-reuse-applied",
    price=10,
    applies=creates_with_key,
)
def key_reuse_refused(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    first = yield Send(order.request)
    yield from succeeded(order.resource, first)
    other = yield from ordered(vendor, operation, key=order.key)
    if other.request.body == order.request.body:
        yield Missing(reason="nothing in its body could be said otherwise")
    before = yield from census(vendor.contract, other.resource, other.path)
    reused = yield Send(other.request)
    if not reused.succeeded:
        return ()
    found = yield from effects_of(vendor, other.resource, before, (reused,), other.sent, other.path)
    if not found.ids and order.resource.id_of(order.resource.item_in(first.value) or {}) is None:
        yield Missing(reason=f"what it made cannot be told from its answer: it {first.answer}")
    return (_finding(operation, order, first, reused, found),)


def _finding(
    operation: Operation, order: Order, first: Exchange, reused: Exchange, found: Effects
) -> Finding:
    applied = len(found.ids) > 0 and order.resource.id_of(
        order.resource.item_in(reused.value) or {}
    ) != order.resource.id_of(order.resource.item_in(first.value) or {})
    return Finding(
        says="Another request under a used key was carried out as if the key were new."
        if applied
        else "Another request under a used key was answered with the first one's result.",
        signature="key-reuse-applied" if applied else "key-reuse-answered",
        operation=operation.key,
        at=operation.at,
        evidence=(first.id, reused.id, *found.evidence),
        expected="422, or another refusal",
        seen=reused.answer,
        level=Level.FAIL if applied else Level.WARNING,
        ask="Refuse a used key with another body (422), and say so.",
        build="Derive each key from the one piece of work that it stands for.",
    )


key_reuse_refused.healthy(KeyedShelf, document=KEYED)


@key_reuse_refused.broken(document=KEYED)
class Careless(KeyedShelf):
    """Takes a used key with another body for a new one."""

    def reused(self, request: Request, answer: Response) -> Response:
        """Do it."""
        return super(KeyedShelf, self).create(request)


@key_reuse_refused.broken(document=KEYED)
class Stubborn(KeyedShelf):
    """Answers with the first result, whatever is asked."""

    def reused(self, request: Request, answer: Response) -> Response:
        """The first result."""
        return answer
