"""
Every delivery is answered in time.

Why it matters: a vendor takes what is not answered within some seconds for lost, delivers it
again, and switches a slow receiver off.
How it is seen: every delivery of every take, against `webhooks: within_seconds`.
Limits: on this machine, without the work that a real event makes.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, hidden, idle, judged

__all__ = ["answers_in_time"]


@judged(
    severity=Severity.MINOR, source="Standard Webhooks 1.0.0, responses", together=True, timed=True
)
def answers_in_time(shown: Sequence[Performance]) -> Word:
    """Find the slowest."""
    parcels = [(seen, parcel) for seen in shown for parcel in seen.parcels]
    if not parcels:
        return idle("nothing was delivered")
    for seen, parcel in parcels:
        if parcel.status == 0 and not parcel.starved:
            says = f"A delivery ('{parcel.name}') was not answered within {parcel.seconds:.1f} s."
            return broken(says, "2xx at once, and the work afterwards.", (), seen)
    if any(parcel.starved for _, parcel in parcels):
        return hidden()
    slowest = max(parcel.seconds for _, parcel in parcels)
    return held(f"{len(parcels)} deliveries, the slowest answered after {slowest:.2f} s.")
