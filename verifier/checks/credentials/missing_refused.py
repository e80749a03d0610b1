"""
A request that carries no credential is refused.

Why it matters
    An operation that answers without a credential is open to anyone who learns its address.

How it asks
    Once per secured operation that only reads: a valid request, less its credential. What is
    refused with neither 401 nor 403 is asked again with it: the same answer to both says nothing.

Limits
    403, 404 and a redirect are a warning: they refuse, but do not say that a credential was
    missing. Mutual TLS is not examined. Operations that write are not tried, since one that is open
    would take effect.
"""

from __future__ import annotations

from verifier.checks.specimens import Shelf
from verifier.checks.websites import is_web_page
from verifier.model import (
    Draw,
    Effect,
    Finding,
    Flow,
    Form,
    Level,
    Missing,
    Operation,
    Question,
    Request,
    Send,
    Severity,
    check,
)

FORBIDDEN = 403


def _secured_and_safe(operation: Operation) -> str:
    if not operation.secured:
        return "its document asks for no credential"
    return "" if operation.method == "GET" else "it is not a GET"


@check(
    question=Question.CREDENTIALS,
    severity=Severity.BLOCKER,
    effect=Effect.READ,
    source="RFC 9110, 15.5.2; OpenAPI 3.1.1, 4.8.30 Security Requirement Object",
    catches="open-operation",
    price=2,
    anonymous=True,
    applies=_secured_and_safe,
)
def missing_refused(operation: Operation) -> Flow:
    drawn = yield Draw(operation=operation.key)
    exchange = yield Send(drawn.request.with_credential(Form.ABSENT))
    status = exchange.status
    if status in (0, 429) or status >= 500:
        yield Missing(reason=f"whether it is refused cannot be told: it {exchange.answer}")
    if status in (401, 407):
        return ()
    if is_web_page(operation, exchange):
        yield Missing(reason="a web page came, and not what is documented: nobody was let in by it")
    let_in = exchange.succeeded
    if not let_in and status != FORBIDDEN:
        known = yield Send(drawn.request)
        if known.status == status:
            yield Missing(reason=f"whoever has a credential is told the same: it {known.answer}")
    return (
        Finding(
            says=f"It answered {status} to a request without a credential.",
            signature=f"anonymous:{'let-in' if let_in else status}",
            operation=operation.key,
            at=operation.at,
            evidence=(exchange.id,),
            expected="401",
            seen=str(status),
            level=Level.FAIL if let_in else Level.WARNING,
            severity=None if let_in else Severity.MINOR,
            ask="Refuse it with 401 and a WWW-Authenticate challenge.",
            build="" if let_in else "Treat this status as a missing credential, too.",
        ),
    )


missing_refused.healthy(Shelf)


@missing_refused.broken
class Open(Shelf):
    """Lets everybody read."""

    def admits(self, request: Request) -> bool:
        """Whoever only reads is let in."""
        return request.method == "GET" or super().admits(request)
