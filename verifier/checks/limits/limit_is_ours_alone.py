"""
Our haste limits nobody else, and nobody else's limits us.

Why it matters
    A limit that all customers share is spent by whoever is fastest. The integration then stands
    still on a day on which somebody else imports their catalogue.

How it asks
    While we are limited after a burst, one request as a principal of another tenant.

Limits
    It takes a principal of another tenant. A limit for each address from which requests come is
    shared by both of ours, and would be reported here too: ask the vendor which it is.
"""

from __future__ import annotations

from verifier.checks.holders import needs_stranger
from verifier.checks.meeting import limit_met, reachable
from verifier.checks.metered import METERED, Metered
from verifier.checks.waits import timeline
from verifier.model import (
    Effect,
    Finding,
    Flow,
    Question,
    Request,
    Severity,
    Vendor,
    check,
)


@check(
    question=Question.LIMITS,
    severity=Severity.MAJOR,
    effect=Effect.BURST,
    source="OWASP API4:2023; the vendor's own statement of the limit",
    catches="limit-shared",
    price=2,
    applies=reachable,
    needs=needs_stranger,
)
def limit_is_ours_alone(vendor: Vendor) -> Flow:
    met = yield from limit_met(vendor)
    refusal, theirs = met.refusal, met.stranger
    if refusal is None or theirs is None or theirs.status != refusal.status:
        return ()
    return (
        Finding(
            says="When we ask too often, another customer is refused.",
            signature="limit-shared",
            operation=met.operation,
            evidence=(refusal.id, theirs.id),
            expected="an answer for the other customer",
            seen=theirs.answer,
            ask="Whose limit is it: each key's, each customer's, or everybody's together?",
            build="Expect 429 at any time, whatever our own pace is, and plan time for it.",
            detail=timeline(met),
        ),
    )


limit_is_ours_alone.healthy(Metered, document=METERED)


@limit_is_ours_alone.broken(document=METERED)
class Common(Metered):
    """Has one limit for the whole service."""

    def whose(self, request: Request) -> str:
        """Everybody's."""
        return "all"
