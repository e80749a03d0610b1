"""
A new credential works at once, and the one before it goes on for a while.

Why it matters
    Keys are replaced while everything runs. Where the old one ends as the new one is given out,
    every worker that still holds it is shut out, and two that share a client shut out each other
    for ever.

How it asks
    As a client of a token endpoint: two tokens, one after the other. The second must be let in
    when it is given out, and the first must still be.

Limits
    It takes a client of a token endpoint; keys that a person makes in a portal are asked about in
    the questionnaire. That the old one ends some day is credentials.expired-refused. No standard
    says that a client may hold two tokens: so it is a warning.
"""

from __future__ import annotations

from verifier.checks.holders import decided
from verifier.checks.issuing import Bureau, clients, needs_client
from verifier.checks.provoking import needs_lock, readable
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
    Question,
    Request,
    Response,
    Send,
    Severity,
    TokenAct,
    TokenCall,
    Vendor,
    check,
)


@check(
    question=Question.CREDENTIALS,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="common practice; RFC 6749, 5.1",
    catches="token-ends-others",
    price=5,
    applies=needs_lock,
    needs=needs_client,
)
def rotation_overlaps(vendor: Vendor) -> Flow:
    operation = next(readable(vendor, secured=True))
    name = clients(vendor)[0]
    request = (yield Draw(operation=operation.key)).request.as_(name)
    new = request.with_credential(Form.ISSUED)
    for _ in range(2):
        issued = yield TokenCall(act=TokenAct.ISSUE, principal=name)
        used = yield Send(new, judged=True)
        yield from decided(used, "a new token")
        if not (isinstance(issued.value, dict) and "access_token" in issued.value):
            yield Missing(reason=f"no token was given out: it {issued.answer}")
        if not used.succeeded:
            says = "A token that was just given out is refused."
            return (_finding(operation, says, "new-refused", (issued, used)),)
    old = yield Send(request.with_credential(Form.REPLACED), judged=True)
    yield from decided(old, "the token before it")
    if old.succeeded:
        return ()
    says = "A new token ends the one before it at once."
    return (_finding(operation, says, "old-ended", (issued, used, old)),)


def _finding(
    operation: Operation, says: str, signature: str, sent: tuple[Exchange, ...]
) -> Finding:
    return Finding(
        says=says,
        signature=f"rotation:{signature}",
        operation=operation.key,
        at=operation.at,
        evidence=tuple(exchange.id for exchange in sent),
        expected="both tokens let in, as long as each lives",
        seen=sent[-1].answer,
        level=Level.WARNING,
        ask="How are credentials replaced while everything runs? Let both be good for a while.",
        build="One place that fetches tokens, for all workers; never two that share a client.",
    )


rotation_overlaps.healthy(Bureau)


@rotation_overlaps.broken
class OneEach(Bureau):
    """Keeps one token."""

    def issue(self, request: Request) -> Response:
        """The only one there is."""
        if self.knows(request):
            self.tokens.clear()
        return super().issue(request)


@rotation_overlaps.broken
class Tardy(Bureau):
    """Tells its gateways of new tokens tomorrow."""

    def admits(self, request: Request) -> bool:
        """Nobody knows it yet."""
        shown = request.header("authorization") or ""
        return not shown.startswith("Bearer issued-") and super().admits(request)
