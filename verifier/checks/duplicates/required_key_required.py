"""
An idempotency key that the document requires is required.

Why it matters
    A key that may be left out will be left out, by the one client that needed it. The vendor's
    word that every payment has a key is then worth nothing.

How it asks
    It sends a creation without the key that the document calls required.

Limits
    Only for operations whose document requires the key.
"""

from __future__ import annotations

from collections.abc import Mapping

from verifier.checks.duplicates import carrier_of, creates_with_key, ordered, succeeded
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.checks.members import required_members
from verifier.model import (
    Convention,
    Draw,
    Effect,
    Finding,
    Flow,
    Operation,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)


def _applies(operation: Operation, vendor: Vendor) -> str:
    against = creates_with_key(operation, vendor)
    carrier = carrier_of(vendor.contract, operation)
    if against or carrier is None:
        return against
    return "" if _required(operation, carrier) else "the document does not require the key"


def _required(operation: Operation, carrier: Convention) -> bool:
    name = str(carrier.detail["name"])
    if carrier.style == "body":
        return name in required_members(operation)
    return any(p.required for p in operation.parameters_in(carrier.style) if p.name == name)


@check(
    question=Question.DUPLICATES,
    severity=Severity.MAJOR,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.7 (400 where it is missing)",
    catches="key-optional",
    price=4,
    applies=_applies,
)
def required_key_required(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    name = str(order.carrier.detail["name"])
    bare = order.under("").without_header(name)
    if order.carrier.style == "body" and isinstance(order.sent, Mapping):
        keyless = {key: value for key, value in order.sent.items() if key != name}
        drawn = yield Draw(operation=operation.key, path=order.path, body=keyless, exact=True)
        bare = drawn.request
    answer = yield Send(bare)
    if not answer.succeeded:
        # It was refused for want of the key only where the same with a key is carried out.
        yield from succeeded(order.resource, (yield Send(order.request)))
        return ()
    return (
        Finding(
            says=f"It created one of {order.resource.name} without the key that its document "
            "requires.",
            signature="key-optional",
            operation=operation.key,
            at=operation.at,
            evidence=(answer.id,),
            expected=f"400: '{name}' is missing",
            seen=answer.answer,
            ask=f"Refuse what comes without '{name}', as documented.",
            build="Make our client refuse to send a creation without a key.",
        ),
    )


required_key_required.healthy(KeyedShelf, document=KEYED)


@required_key_required.broken(document=KEYED)
class Lenient(KeyedShelf):
    """Does without the key."""

    def create(self, request: Request) -> Response:
        """Create, key or none."""
        if request.header("idempotency-key"):
            return super().create(request)
        return super(KeyedShelf, self).create(request)
