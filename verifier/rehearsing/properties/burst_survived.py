"""
Of many events at once none is lost.

Why it matters: what is acknowledged and then forgotten is never delivered again.
How it is seen: two dozen events at the same moment; each that was answered 2xx shows in the state.
Limits: what was not answered 2xx the vendor delivers again, so it is not counted.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["burst_survived"]


@judged(severity=Severity.BLOCKER, source="Standard Webhooks 1.0.0, responses", timed=True)
def burst_survived(seen: Performance) -> Word:
    """Hold what was acknowledged against the state."""
    many = [parcel for parcel in seen.parcels if parcel.name == "burst"]
    if not many or not seen.shows_state:
        return idle("it shows no state")
    missing = seen.facts.get("lost")
    gone = set(missing) if isinstance(missing, list) else set()
    lost = [parcel for parcel in many if parcel.accepted and parcel.thing in gone]
    if lost:
        says = f"{len(lost)} of {len(many)} events were answered 2xx, and are nowhere."
        return broken(says, "2xx once it is kept, not before.")
    if not any(parcel.accepted for parcel in many):
        return broken("It took none of them.", "It takes as many as it can.")
    return held(f"All of {sum(p.accepted for p in many)} events that it took are there.")
