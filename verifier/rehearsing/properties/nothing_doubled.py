"""
No effect happens twice.

Why it matters: a payment that is made twice costs money and trust.
How it is seen: by the vendor's state: no record has its effect more than once.
Limits: a record is recognised by its key in what was sent.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["nothing_doubled"]


@judged(severity=Severity.BLOCKER, source="draft-ietf-httpapi-idempotency-key-header-07, 2.6")
def nothing_doubled(seen: Performance) -> Word:
    """Look for records with more than one effect."""
    outcome = seen.outcome
    if not outcome.done and not outcome.counts:
        return idle("the file expects no effects")
    if outcome.doubled:
        shown = ", ".join(f"{key} {n} times" for key, n in list(outcome.doubled.items())[:3])
        return broken(f"Done more than once: {shown}.", "Each effect at most once.")
    over = {name: n for name, (n, wanted) in outcome.counts.items() if n > wanted}
    if over:
        name, number = next(iter(over.items()))
        return broken(f"{name} took effect {number} times.", "Each effect at most once.")
    return held("No effect happened twice.")
