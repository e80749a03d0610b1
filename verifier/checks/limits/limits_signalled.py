"""
Ordinary answers say how much may still be asked.

Why it matters
    Whoever sees the limit come can slow down in time. Without a signal the limit is first heard of
    when it is met, and then everything waits.

How it asks
    Up to three ordinary reads; their headers are searched for a limit in any known dialect: the
    drafts of RateLimit, X-RateLimit and its kin, and vendors' own.

Limits
    No standard requires it, and a vendor without limits has none to tell: its absence is
    information. Signals that only some operations carry are not searched for further.
"""

from __future__ import annotations

from verifier.checks.meeting import reachable
from verifier.checks.metered import METERED, Metered
from verifier.checks.provoking import readable
from verifier.dialects.quotas import quotas_in
from verifier.model import (
    Draw,
    Effect,
    Exchange,
    Finding,
    Flow,
    Level,
    Question,
    Send,
    Severity,
    Vendor,
    check,
)

MOST = 3


@check(
    question=Question.LIMITS,
    severity=Severity.MINOR,
    effect=Effect.READ,
    source="draft-ietf-httpapi-ratelimit-headers-11; common practice",
    catches="limit-untold",
    price=MOST,
    applies=reachable,
)
def limits_signalled(vendor: Vendor) -> Flow:
    seen: list[Exchange] = []
    for operation in list(readable(vendor))[:MOST]:
        drawn = yield Draw(operation=operation.key)
        seen.append((yield Send(drawn.request)))
    answered = [e for e in seen if e.succeeded and e.response is not None]
    if not answered or any(e.response and quotas_in(e.response, e.started) for e in answered):
        return ()
    return (
        Finding(
            says="Its answers do not say how much may still be asked.",
            signature="no-limit-signal",
            evidence=tuple(exchange.id for exchange in answered),
            expected="RateLimit, or X-RateLimit-Remaining, or a dialect of its own",
            seen="none",
            level=Level.INFORMATION,
            ask="Are there limits, and how do we see how much is left?",
            build="A pace of our own, below what the vendor allows, and obedience to 429.",
        ),
    )


limits_signalled.healthy(Metered, document=METERED)


@limits_signalled.broken(document=METERED)
class Silent(Metered):
    """Counts, and keeps it to itself."""

    def told(self, left: int) -> tuple[tuple[str, str], ...]:
        """Nothing."""
        return ()
