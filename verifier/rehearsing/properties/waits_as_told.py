"""
After 429 it waits at least as long as Retry-After says.

Why it matters: vendors lock out whoever comes back early, and lengthen the wait each time.
How it is seen: the time from the answer to the next attempt, with several delays, in seconds and
as a date. A date names a whole second, so up to one second less is allowed for. Where the machine
was held up meanwhile, that much is no waiting of the program's.
Limits: whether a decimal (`1.5`) is obeyed is not judged, for RFC 9110 knows none.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, hidden, idle, judged

__all__ = ["waits_as_told"]

TOLERANCE_SECONDS = 0.05


@judged(severity=Severity.MAJOR, source="RFC 9110, 10.2.3; RFC 6585, 4", timed=True)
def waits_as_told(seen: Performance) -> Word:
    """Measure the pause."""
    form = seen.take.facts.get("form")
    if form not in ("seconds", "date"):
        return idle("nothing was said that could be obeyed")
    told = float(seen.take.facts["retry_after"])
    least = told - (1.0 if form == "date" else 0.0) - TOLERANCE_SECONDS
    paused = []
    for deed in deeds(seen, seen.of(seen.first)):
        for number, gap in enumerate(deed.gaps(seen)):
            if deed.attempts[number].fault != "rate-limited":
                continue
            paused.append(gap)
            if gap.most < least:
                return broken(
                    f"Told to wait {told:g} s ({form}), it came back after {gap.most:.1f} s.",
                    "It comes back no earlier than it was told.",
                    deed.attempts,
                )
    if not paused:
        return held("It did not come back in that job.")
    if any(gap.least < least for gap in paused):
        return hidden()
    longest = max(gap.most for gap in paused)
    return held(f"Told to wait {told:g} s ({form}), it came back after {longest:.1f} s.")
