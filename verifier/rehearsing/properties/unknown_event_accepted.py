"""
An event of an unknown type is accepted and left alone.

Why it matters: vendors add events; a receiver that answers with an error gets them again and
again, and in the end its address is switched off.
How it is seen: a correctly signed event of a type that nobody knows; it must be answered 2xx.
Limits: whether it is only ignored, or kept for a human, is not seen.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["unknown_event_accepted"]


@judged(severity=Severity.MINOR, source="Standard Webhooks 1.0.0, event types", timed=True)
def unknown_event_accepted(seen: Performance) -> Word:
    """Look at the answer."""
    parcel = seen.parcel("unknown")
    if parcel is None:
        return idle("no unknown event was delivered")
    if parcel.late:
        return idle("it was not answered in time")
    if not parcel.accepted:
        return broken(f"It was {parcel.told}.", "2xx, and a line in a log.")
    return held("It was accepted.")
