"""
An event that is delivered twice has one effect.

Why it matters: every vendor delivers again where an answer was lost, and promises no more than
that.
How it is seen: the same event, signed anew, as a retry is; the state after the second delivery is
the state after the first. The second must be accepted, or it is delivered again for days.
Limits: a state that counts deliveries, and is meant to, looks like a second effect.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["duplicate_once"]


@judged(severity=Severity.BLOCKER, source="Standard Webhooks 1.0.0, idempotency", timed=True)
def duplicate_once(seen: Performance) -> Word:
    """Compare the states after both."""
    first, again = seen.parcel("first"), seen.parcel("again")
    if first is None or again is None:
        return idle("nothing was delivered twice")
    if again.effect:
        return broken(
            "The same event, delivered again, changed the state again.",
            "Its id is remembered; the second delivery is accepted, and does nothing.",
        )
    if first.accepted and not again.accepted and not again.late:
        says = f"The same event, delivered again, was {again.told}; it will be delivered for days."
        return broken(says, "It is accepted, and does nothing.")
    if not first.effect:
        return idle("the first delivery had no effect that could be seen")
    return held("The second delivery changed nothing.")
