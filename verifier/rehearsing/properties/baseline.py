"""
The program does its whole work where nothing fails.

Why it matters: nothing else can be judged before that.
How it is seen: it ends by itself and well, has asked the vendor something, and the expected effects
are there.
Limits: what the file does not expect is not looked at.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["baseline"]

EXPECTED = "It ends well, and what the file expects is there."


@judged(severity=Severity.BLOCKER, source="the integration's own file")
def baseline(seen: Performance) -> Word:
    """Whether all is as the file says."""
    if seen.trouble:
        return broken(f"It {seen.trouble.removeprefix('it ')}.", EXPECTED)
    for run in seen.runs:
        if not run.ending.well:
            words = f"; its last words: {run.words}" if run.words else ""
            return broken(f"With a sound vendor it {run.ending}{words}.", EXPECTED)
    good = seen.parcel("good")
    if good is not None and not good.accepted:
        return broken(f"A sound event was {good.told}.", "It takes it, and answers 2xx.")
    if good is not None and seen.shows_state and not good.effect:
        return broken("A sound event changed nothing of its state.", "Its effect is seen there.")
    if good is None and not seen.entries:
        return broken(
            "It ended well and asked the vendor nothing.",
            "It asks the vendor at {vendor.url}: is the address passed on to it?",
        )
    if seen.outcome.amiss:
        return broken(f"With a sound vendor: {seen.outcome.amiss}.", EXPECTED)
    told = " and took a sound event" if good is not None else ""
    return held(f"It did its work with {len(seen.entries)} requests{told}.")
