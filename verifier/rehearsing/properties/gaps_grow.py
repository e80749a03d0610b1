"""
The pauses grow from attempt to attempt.

Why it matters: an outage of a minute is not outlived by asking every second, and asking less often
is what lets the vendor recover.
How it is seen: over all takes, the last pause of each piece of work against its first.
Limits: pauses at random vary; only their medians are judged, and growth by a half is enough. Work
without pauses to speak of is left to ``pauses``; what was cut off when the program was ended counts
only where nothing was finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from verifier.model import Severity
from verifier.rehearsing.deeds import Deed, Gap, breathless, deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, hidden, idle, judged

__all__ = ["gaps_grow"]

GROWTH = 1.5


@judged(
    severity=Severity.MINOR,
    source="AWS Builders' Library, Timeouts, retries and backoff with jitter",
    together=True,
    timed=True,
)
def gaps_grow(shown: Sequence[Performance]) -> Word:
    """Compare the median of first pauses with that of last ones."""
    work = [
        (seen, deed, gaps)
        for seen in shown
        if seen.runs
        for deed in _finished(seen)
        if len(gaps := deed.gaps(seen)) > 1
    ]
    if not work:
        return idle("nothing was tried three times in a job")
    if any(breathless(gaps) for _, _, gaps in work):
        return idle("there were no pauses that could grow")
    first = _median([gaps[0] for _, _, gaps in work])
    last = _median([gaps[-1] for _, _, gaps in work])
    seen, deed, _ = work[0]
    says = f"The first pause took {first.most:.2f} s, the last {last.most:.2f} s (medians)"
    if last.most < first.least * GROWTH:
        return broken(f"{says}.", "Each is longer than the one before.", deed.attempts, seen)
    if last.least < first.most * GROWTH:
        return hidden()
    return held(f"{says}.", deed.attempts, seen)


def _median(gaps: Sequence[Gap]) -> Gap:
    return Gap(median(gap.least for gap in gaps), median(gap.most for gap in gaps))


def _finished(seen: Performance) -> tuple[Deed, ...]:
    """Its work, without what it was at when it had to be ended, unless that is all."""
    found = deeds(seen, seen.of(seen.first))
    return found[:-1] or found if seen.first.ending.why else found
