"""
A delivery that the vendor did not sign changes nothing.

Why it matters: the address of a receiver is no secret; whoever guesses it could mark every invoice
as paid.
How it is seen: deliveries signed with another secret, altered after they were signed, and
unsigned; the receiver's state must stay as it is. Where it shows no state, its answer must not be
2xx.
Limits: what it does elsewhere than in the state that it shows is not seen.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["forged_refused"]

FORGED = ("signed by another", "altered", "unsigned")
SAID = {
    "signed by another": "signed with another secret",
    "altered": "altered after it was signed",
    "unsigned": "not signed",
}


@judged(severity=Severity.BLOCKER, source="Standard Webhooks 1.0.0, verifying webhook authenticity")
def forged_refused(seen: Performance) -> Word:
    """Look at the state after each forgery."""
    forged = [parcel for parcel in seen.parcels if parcel.name in FORGED]
    if not forged:
        return idle("nothing was forged")
    for parcel in forged:
        if parcel.effect or (parcel.accepted and not seen.shows_state):
            says = f"A delivery that was {SAID[parcel.name]} was {parcel.told}"
            what = ", and had its effect." if parcel.effect else "."
            return broken(says + what, "It is refused, and changes nothing.")
    return held("Forged, altered and unsigned deliveries changed nothing.")
