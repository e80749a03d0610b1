"""
A refusal for want of a credential says which kind of credential is wanted.

Why it matters
    The challenge is how a client learns that its token has expired rather than that it is wrong;
    without it, automatic renewal is guesswork.

How it asks
    Up to three secured operations that only read, each once without a credential.

Limits
    Only answers of 401 are judged.
"""

from __future__ import annotations

from verifier.checks.provoking import needs_lock, readable
from verifier.checks.specimens import Shelf
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Form,
    Missing,
    Question,
    Request,
    Response,
    Send,
    Severity,
    Vendor,
    check,
)

MOST, UNAUTHORIZED, CHALLENGE = 3, 401, "www-authenticate"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="RFC 9110, 15.5.2 (a 401 must carry WWW-Authenticate)",
    catches="no-challenge",
    price=MOST,
    anonymous=True,
    applies=needs_lock,
)
def challenge_present(vendor: Vendor) -> Flow:
    silent, refused = [], 0
    for operation in list(readable(vendor, secured=True))[:MOST]:
        drawn = yield Draw(operation=operation.key)
        exchange = yield Send(drawn.request.with_credential(Form.ABSENT))
        response = exchange.response
        refused += exchange.status == UNAUTHORIZED
        if exchange.status == UNAUTHORIZED and not (response and response.header(CHALLENGE)):
            silent.append((operation, exchange))
    if not refused:
        yield Missing(reason="no request without a credential was answered 401")
    if not silent:
        return ()
    operation, _ = silent[0]
    return (
        Finding(
            says="Its 401 does not say which credential is wanted (no WWW-Authenticate).",
            signature="401-without-challenge",
            operation=operation.key,
            at=operation.at,
            evidence=tuple(exchange.id for _, exchange in silent),
            expected="a WWW-Authenticate header",
            seen="none",
            ask="Send WWW-Authenticate with every 401.",
            build="Renew the token on any 401, once, and stop at the second.",
        ),
    )


challenge_present.healthy(Shelf)


@challenge_present.broken
class Mute(Shelf):
    """Refuses without a word."""

    def refuse(self, request: Request) -> Response:
        """A bare 401."""
        return self.problem(401, "No")
