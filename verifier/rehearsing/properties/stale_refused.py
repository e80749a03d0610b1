"""
A genuine delivery that is played again a day later changes nothing.

Why it matters: whoever once saw a delivery could send it again whenever it suits them.
How it is seen: a correctly signed delivery whose timestamp is a day old; the state must stay as it
is.
Limits: only for signatures that hold a timestamp. A receiver that knows the event's id already is
safe, too; the one that is sent here it has never seen.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["stale_refused"]


@judged(severity=Severity.MAJOR, source="Standard Webhooks 1.0.0, verifying webhook authenticity")
def stale_refused(seen: Performance) -> Word:
    """Look at the state after the old delivery."""
    parcel, good = seen.parcel("stale"), seen.parcel("good")
    if parcel is None or good is None or not seen.facts.get("timestamped"):
        return idle("its signatures hold no time")
    if parcel.effect or (parcel.accepted and not seen.shows_state):
        return broken(
            f"A delivery that was signed a day ago was {parcel.told}, and had its effect.",
            "What was signed more than some minutes ago is refused.",
        )
    return held("A delivery that was signed a day ago changed nothing.")
