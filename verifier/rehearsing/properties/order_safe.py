"""
What happened earlier does not undo what happened later, though it is told last.

Why it matters: no vendor promises an order; an invoice that was paid must not become open again.
How it is seen: two events about one thing, the later one first; after the earlier one came, the
state still shows what the later one brought.
Limits: only where the state shows a member of the thing that differs between the two (its note
here).
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["order_safe"]


@judged(severity=Severity.MAJOR, source="Standard Webhooks 1.0.0, ordering")
def order_safe(seen: Performance) -> Word:
    """Look for what the later event brought."""
    newer, older = seen.parcel("newer"), seen.parcel("older")
    if newer is None or older is None:
        return idle("nothing was told out of order")
    if newer.mark not in newer.after:
        return idle("the state shows nothing of what differs between the two")
    if newer.mark not in older.after:
        return broken(
            "An earlier event, told last, overwrote what a later one had brought.",
            "The time in the event is compared, or the thing is asked for anew.",
        )
    return held("The later event stood, though the earlier one came last.")
