"""
Every effect happens exactly once, whatever fails.

Why it matters: a payment that is made twice costs money; one that is not made costs a customer.
How it is seen: by the vendor's state at the end, after the program was allowed a second run in
peace: each record has its effect once. Status codes are not believed.
Limits: a record is recognised by its key in what was sent; where the program sends nothing of a
record's, only the number of effects is held against the number of records.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["effects_exact"]


@judged(
    severity=Severity.BLOCKER,
    source="RFC 9110, 9.2.2; draft-ietf-httpapi-idempotency-key-header-07",
)
def effects_exact(seen: Performance) -> Word:
    """Compare the state with what is expected."""
    expect = seen.integration.expect
    if not expect.effects and not expect.copies:
        return idle("the file expects no effects")
    if not seen.outcome.amiss:
        return held("Every effect is there exactly once.")
    says = f"In the end: {seen.outcome.amiss}."
    return broken(says, "Each effect exactly once, after a second run at the latest.")
