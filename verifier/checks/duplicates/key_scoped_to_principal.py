"""
One customer's idempotency key means nothing to another.

Why it matters
    Keys are chosen by clients, and clients choose alike: order numbers, say. If two customers of
    the vendor share one space of keys, one of them is shown the other's result, or has an order
    swallowed.

How it asks
    It creates something under a fresh key, and sends the same request under the same key as a
    principal of another tenant.

Limits
    It needs a second principal of another tenant that may create the same.
"""

from __future__ import annotations

from verifier.checks.duplicates import creates_with_key, ordered, succeeded
from verifier.checks.holders import needs_stranger, stranger
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.model import (
    Effect,
    Finding,
    Flow,
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
    severity=Severity.BLOCKER,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 5 (security considerations)",
    catches="key-leaks-across-tenants",
    price=4,
    applies=creates_with_key,
    needs=needs_stranger,
)
def key_scoped_to_principal(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    first = yield Send(order.request)
    yield from succeeded(order.resource, first)
    theirs = yield Send(order.request.as_(stranger(vendor)))
    if theirs.status in (401, 403):
        yield Missing(
            reason=f"the other tenant's principal may not do this: {theirs.answer}",
            supply=f"a principal of another tenant that may {operation.key}",
        )
    if not theirs.succeeded and theirs.status != 409:
        yield Missing(reason=f"the other tenant's request {theirs.answer}, which tells nothing")
    mine = order.id_in(first)
    shown = order.id_in(theirs)
    if theirs.succeeded and (mine is None or shown is None):
        yield Missing(
            reason=f"what creating {order.resource.name} answers tells no id",
            supply="an answer that tells what was created, in the document",
        )
    leaked = theirs.succeeded and mine == shown
    if not leaked and theirs.succeeded:
        return ()
    return (
        Finding(
            says="A customer who uses another customer's key is shown that customer's result."
            if leaked
            else "A customer is refused because another customer used the same key.",
            signature="key-leaks-across-tenants" if leaked else "keys-collide-across-tenants",
            operation=operation.key,
            at=operation.at,
            evidence=(first.id, theirs.id),
            expected="a result of its own, as if the key were new",
            seen=theirs.answer,
            severity=None if leaked else Severity.MAJOR,
            ask="Keep the keys of each account apart.",
            build="Use random keys (UUID), never numbers that others may use, too.",
        ),
    )


key_scoped_to_principal.healthy(KeyedShelf, document=KEYED)


@key_scoped_to_principal.broken(document=KEYED)
class Shared(KeyedShelf):
    """Has one space of keys for everybody."""

    def place(self, request: Request, key: str) -> tuple[str, str]:
        """The same for all."""
        return "", key


@key_scoped_to_principal.broken(document=KEYED)
class Colliding(Shared):
    """Refuses a key that somebody else used."""

    def create(self, request: Request) -> Response:
        """Create, unless the key is a stranger's."""
        used = self.place(request, request.header("idempotency-key") or "") in self.answers
        strange = request.header("authorization") != "Bearer good"
        return self.problem(409, "Used") if used and strange else super().create(request)
