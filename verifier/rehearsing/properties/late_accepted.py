"""
An event that happened months ago, and is signed now, is taken.

Why it matters: after an outage vendors deliver what happened meanwhile; whoever judges the age by
the event and not by the signature throws it away.
How it is seen: an event about something that changed long ago, freshly signed.
Limits: none known.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["late_accepted"]


@judged(
    severity=Severity.MAJOR,
    source="Standard Webhooks 1.0.0, verifying webhook authenticity",
    timed=True,
)
def late_accepted(seen: Performance) -> Word:
    """Look at what came of the delivery."""
    parcel = seen.parcel("late")
    if parcel is None:
        return idle("nothing was late")
    if parcel.late:
        return idle("it was not answered in time")
    if not parcel.accepted:
        return broken(f"It was {parcel.told}.", "The signature's time counts, not the event's.")
    return held("It was taken.")
