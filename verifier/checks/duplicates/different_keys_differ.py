"""
Two equal requests under two idempotency keys are two requests.

Why it matters
    A customer may well order the same thing twice. A vendor that drops what merely looks alike
    loses real orders.

How it asks
    It sends the same creation twice, each time under a fresh key, and expects two results.

Limits
    A refusal (409, 422) is taken for a rule of the vendor's about what may not exist twice, and
    is not reported.
"""

from __future__ import annotations

from verifier.checks.duplicates import creates_with_key, invisible, ordered, succeeded
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Operation,
    Question,
    Request,
    Send,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.DUPLICATES,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.2",
    catches="over-deduplicates",
    price=4,
    applies=creates_with_key,
)
def different_keys_differ(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    first = yield Send(order.request)
    yield from succeeded(order.resource, first)
    other = yield from ordered(vendor, operation, like=order)
    second = yield Send(other.request)
    mine = order.id_in(first)
    theirs = other.id_in(second)
    yield from succeeded(order.resource, second)
    if mine is None or theirs is None:
        yield invisible(order.resource)
    if mine != theirs:
        return ()
    return (
        Finding(
            says="A second, equal request under a key of its own was taken for a repetition.",
            signature="over-deduplicates",
            operation=operation.key,
            at=operation.at,
            evidence=(first.id, second.id),
            expected=f"a second one of {order.resource.name}",
            seen=f"{second.answer} with the first one's id, {mine}",
            ask="Tell requests apart by their key alone.",
            build="Check that an answer to a new key is a new record.",
        ),
    )


different_keys_differ.healthy(KeyedShelf, document=KEYED)


@different_keys_differ.broken(document=KEYED)
class Squinting(KeyedShelf):
    """Tells requests apart by their body."""

    def place(self, request: Request, key: str) -> tuple[str, str]:
        """The same place for the same body."""
        return "", request.body.decode()
