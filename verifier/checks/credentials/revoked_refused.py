"""
A credential that was revoked does not work any more, from that moment on.

Why it matters
    Revoking is what is done on the day on which a key was lost. For as long as it works on,
    whoever found it is inside.

How it asks
    As the client of a token endpoint that can revoke, where we are one: it is given a token, uses
    it, revokes it, and uses it again, for up to two minutes, until it is refused. Otherwise once,
    with a credential that was revoked before (``revoked`` in vendor.yaml).

Limits
    Some seconds until all servers know are common and are a warning; more than half a minute
    fails. Where the address to revoke at is not described (RFC 8414), only the second way is left.
"""

from __future__ import annotations

from verifier.checks.holders import decided, locked, needs_spent, spent_holders
from verifier.checks.issuing import Bureau, clients, taken_back
from verifier.checks.provoking import needs_lock, readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Form,
    Level,
    Missing,
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

# Seconds to wait before each further look; more than LONG in all is too long.
WAITS, LONG = (1.0, 5.0, 25.0, 30.0, 60.0), 30.0
Told = tuple[Exchange, ...]


def _needs(vendor: Vendor) -> Missing | None:
    return None if clients(vendor) else needs_spent(Form.REVOKED)(vendor, vendor)


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="RFC 7009, 2.1; RFC 6750, 3.1 (invalid_token)",
    catches="revocation-slow",
    price=6 + len(WAITS),
    applies=needs_lock,
    needs=_needs,
)
def revoked_refused(vendor: Vendor) -> Flow:
    operation = next(readable(vendor, secured=True))
    request = (yield Draw(operation=operation.key)).request
    revoked = yield from taken_back(vendor, request)
    if not revoked:
        return (yield from _known(vendor, operation, request))
    name = clients(vendor)[0]
    tries, waited = list(revoked), 0.0
    for wait in (0.0, *WAITS):
        yield Pause(wait)
        waited += wait
        tries.append((yield Send(request.as_(name).with_credential(Form.ISSUED), judged=True)))
        if not tries[-1].succeeded:
            break
    yield from decided(tries[-1], "a revoked credential")
    if waited == 0.0:
        return ()
    yield from locked(vendor)
    return (_finding(operation, tuple(tries), waited),)


def _known(vendor: Vendor, operation: Operation, request: Request) -> Flow:
    """One that was revoked before we came."""
    holders = spent_holders(vendor, Form.REVOKED)
    if not holders:
        yield Missing(
            reason="no token could be given out and revoked",
            supply="a 'revoked' credential beside the principal's own in vendor.yaml",
        )
    sent = request.as_(holders[0].name).with_credential(Form.REVOKED)
    exchange = yield Send(sent, judged=True)
    yield from decided(exchange, "a revoked credential")
    if not exchange.succeeded:
        return ()
    yield from locked(vendor)
    return (_finding(operation, (exchange,), LONG),)


def _finding(operation: Operation, tries: Told, waited: float) -> Finding:
    over = not tries[-1].succeeded
    seen = f"refused after {waited:g} seconds" if over else f"still let in after {waited:g} seconds"
    return Finding(
        says=f"A credential that was revoked worked on: {seen}.",
        signature="revoked-let-in" if waited >= LONG else "revocation-not-at-once",
        operation=operation.key,
        at=operation.at,
        evidence=tuple(exchange.id for exchange in tries),
        expected="401 from the moment at which it was revoked",
        seen=seen,
        level=Level.FAIL if waited >= LONG else Level.WARNING,
        ask="How long does a revoked credential work on, at most? It should not.",
        build="When a key is lost, lock the account too; revoking the key does not help at once.",
    )


revoked_refused.healthy(Shelf)
revoked_refused.healthy(Bureau)


@revoked_refused.broken
class Stubborn(Bureau):
    """Takes nothing back."""

    def revoke(self, request: Request) -> Response:
        """Says that it did."""
        return self.told(200, {})


@revoked_refused.broken
class Remembering(Shelf):
    """Knows keys that were taken back as well as others."""

    def admits(self, request: Request) -> bool:
        """What was good is good."""
        good = super().admits(request)
        return good or request.header("authorization") == "Bearer owner-revoked"
