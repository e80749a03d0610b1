"""
While the secret is changed, deliveries that are signed with both secrets are taken.

Why it matters: a secret must be changed now and then, and at once after it leaked; nothing may be
lost meanwhile.
How it is seen: a delivery with two signatures, of which only the second is by the secret that the
receiver knows; it must be accepted and have its effect.
Limits: only for schemes that carry several signatures.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["rotation_survived"]


@judged(severity=Severity.MAJOR, source="Standard Webhooks 1.0.0, signature scheme", timed=True)
def rotation_survived(seen: Performance) -> Word:
    """Look at what came of the delivery."""
    parcel = seen.parcel("rotated")
    if parcel is None or not seen.facts.get("several"):
        return idle("its scheme carries one signature")
    if parcel.late:
        return idle("it was not answered in time")
    if not parcel.accepted:
        says = f"A delivery with two signatures, one of them right, was {parcel.told}."
        return broken(says, "Any one that is right is enough.")
    return held("A delivery with two signatures was taken.")
