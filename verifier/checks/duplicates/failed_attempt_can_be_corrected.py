"""
A request that was refused for its content can be corrected under the same idempotency key.

Why it matters
    A client that keeps one key for one order, as it should, must be able to mend a wrong field.
    If the refusal is remembered, the order can never be made.

How it asks
    It sends a creation that lacks a required member under a fresh key, and after its refusal the
    complete one under the same key.

Limits
    The draft allows errors to be remembered; so this is a warning, which tells the client to take
    a new key after each refusal.
"""

from __future__ import annotations

from collections.abc import Mapping

from verifier.checks.duplicates import creates_with_key, ordered, succeeded
from verifier.checks.keyed import KEYED, KeyedShelf
from verifier.checks.members import required_members
from verifier.model import (
    Draw,
    Effect,
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


def _applies(operation: Operation, vendor: Vendor) -> str:
    against = creates_with_key(operation, vendor)
    return against or ("" if required_members(operation) else "no member of its body is required")


@check(
    question=Question.DUPLICATES,
    severity=Severity.MINOR,
    effect=Effect.WRITE,
    source="draft-ietf-httpapi-idempotency-key-header-07, 2.6; vendors' practice",
    catches="error-sticks-to-key",
    price=4,
    applies=_applies,
)
def failed_attempt_can_be_corrected(operation: Operation, vendor: Vendor) -> Flow:
    order = yield from ordered(vendor, operation)
    name = order.carrier.detail["name"]
    absent = next((n for n in required_members(operation) if n != name), None)
    if absent is None or not isinstance(order.sent, Mapping) or absent not in order.sent:
        yield Missing(reason="its document requires nothing that could be left out")
        return ()
    torn = {key: value for key, value in order.sent.items() if key != absent}
    wrong = yield Draw(operation=operation.key, path=order.path, body=torn, exact=True)
    refused = yield Send(order.with_(wrong).request)
    if refused.status not in (400, 422):
        yield Missing(reason=f"what lacks '{absent}' is not refused for it: it {refused.answer}")
    corrected = yield Send(order.request)
    if corrected.succeeded:
        return ()
    control = yield from ordered(vendor, operation, like=order)
    known_good = yield Send(control.request)
    yield from succeeded(order.resource, known_good)
    if not 400 <= corrected.status < 500:
        yield Missing(reason=f"the corrected request was not judged: it {corrected.answer}")
    return (
        Finding(
            says="A refusal sticks to the idempotency key: the corrected request is refused, too.",
            signature="error-sticks-to-key",
            operation=operation.key,
            at=operation.at,
            evidence=(refused.id, corrected.id, known_good.id),
            expected="the corrected request carried out, as it is under a new key",
            seen=f"{corrected.answer} under the old key, {known_good.answer} under a new one",
            level=Level.WARNING,
            ask="Does a key that met a validation error stay usable? Document it.",
            build="Take a new key after each refusal.",
        ),
    )


failed_attempt_can_be_corrected.healthy(KeyedShelf, document=KEYED)


@failed_attempt_can_be_corrected.broken(document=KEYED)
class Resentful(KeyedShelf):
    """Remembers refusals as well."""

    def remember(self, place: tuple[str, str], request: Request, answer: Response) -> None:
        """Keep whatever was answered."""
        self.answers[place] = (request.body, answer)

    def reused(self, request: Request, answer: Response) -> Response:
        """What was answered first."""
        return answer
