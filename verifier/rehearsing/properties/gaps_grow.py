"""
The pauses grow from attempt to attempt.

Why it matters: an outage of a minute is not outlived by asking every second, and asking less often
is what lets the vendor recover.
How it is seen: over all takes, the last pause of each piece of work against its first.
Limits: pauses at random vary; only their sum is judged, and growth by a half is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["gaps_grow"]

GROWTH = 1.5
LEAST_SECONDS = 0.1


@judged(
    severity=Severity.MINOR,
    source="AWS Builders' Library, Timeouts, retries and backoff with jitter",
    together=True,
)
def gaps_grow(shown: Sequence[Performance]) -> Word:
    """Add up first and last pauses."""
    work = [
        (seen, deed)
        for seen in shown
        if seen.runs
        for deed in deeds(seen, seen.of(seen.first))
        if len(deed.gaps) > 1
    ]
    if not work:
        return idle("nothing was tried three times in a job")
    first = sum(deed.gaps[0] for _, deed in work) / len(work)
    last = sum(deed.gaps[-1] for _, deed in work) / len(work)
    if last < LEAST_SECONDS:
        return idle("there were no pauses that could grow")
    says = f"The first pause took {first:.2f} s, the last {last:.2f} s"
    if last < first * GROWTH:
        return broken(
            f"{says}.", "Each is longer than the one before.", work[0][1].attempts, work[0][0]
        )
    return held(f"{says}.", work[0][1].attempts, work[0][0])
