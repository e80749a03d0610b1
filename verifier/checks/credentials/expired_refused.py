"""
A credential that has expired is refused.

Why it matters
    An end is put to a key so that one that was lost becomes worthless by itself. Where the end is
    not looked at, every key that ever leaked still opens the door.

How it asks
    One secured operation that only reads, as each principal of whom an expired credential is known:
    with that credential, and nothing else.

Limits
    It takes a token or key that was good once and has expired (``expired`` beside the principal's
    own, in vendor.yaml). One that nobody ever gave out proves nothing: see garbage-refused.
"""

from __future__ import annotations

from verifier.checks.holders import decided, locked, needs_spent, spent_holders
from verifier.checks.provoking import needs_lock, readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Form,
    Operation,
    Principal,
    Question,
    Request,
    Send,
    Severity,
    Vendor,
    check,
)

MOST = 3


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="RFC 6750, 3.1 (invalid_token); RFC 9110, 15.5.2",
    catches="expired-accepted",
    price=MOST + 1,
    applies=needs_lock,
    needs=needs_spent(Form.EXPIRED),
)
def expired_refused(vendor: Vendor) -> Flow:
    operation = next(readable(vendor, secured=True))
    drawn = yield Draw(operation=operation.key)
    findings = []
    for principal in spent_holders(vendor, Form.EXPIRED)[:MOST]:
        request = drawn.request.as_(principal.name).with_credential(Form.EXPIRED)
        exchange = yield Send(request)
        if exchange.succeeded or exchange.status >= 500:
            findings.append(_finding(operation, principal, exchange))
        elif not findings:
            yield from decided(exchange, "an expired credential")
    if findings:
        yield from locked(vendor)
    return findings


def _finding(operation: Operation, principal: Principal, exchange: Exchange) -> Finding:
    let_in = exchange.succeeded
    return Finding(
        says=f"The expired credential of '{principal.name}' "
        + ("still works." if let_in else f"was answered {exchange.status}."),
        signature=f"expired:{'let-in' if let_in else '5xx'}",
        operation=operation.key,
        at=operation.at,
        evidence=(exchange.id,),
        expected="401",
        seen=exchange.answer,
        severity=None if let_in else Severity.MAJOR,
        ask="Look at the end of every credential, at every request.",
        build="Take keys back as soon as they are not needed; do not rely on their end.",
        detail={"principal": principal.name},
    )


expired_refused.healthy(Shelf)


@expired_refused.broken
class Timeless(Shelf):
    """Looks at the name of a key, and not at its end."""

    def admits(self, request: Request) -> bool:
        """What was good is good."""
        good = super().admits(request)
        return good or request.header("authorization") == "Bearer owner-expired"
