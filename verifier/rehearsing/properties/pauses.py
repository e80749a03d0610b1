"""
Between attempts there is a pause.

Why it matters: attempts without a pause meet the same failure, and are an attack on whoever is
down.
How it is seen: three or more attempts for one piece of work while all fails: they must not be over
within half a second.
Limits: a single immediate retry is let pass, for a connection that was closed meanwhile.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import BREATHLESS_SECONDS, breathless, deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, hidden, idle, judged

__all__ = ["pauses"]


@judged(
    severity=Severity.MAJOR,
    source="AWS Builders' Library, Timeouts, retries and backoff with jitter",
    timed=True,
)
def pauses(seen: Performance) -> Word:
    """Look at how long all attempts for one piece of work took."""
    work = [d for d in deeds(seen, seen.of(seen.first)) if len(d.attempts) > 2]
    if not work:
        return idle("nothing was tried three times in a job")
    for deed in work:
        took = [gap.most for gap in deed.gaps(seen)]
        if sum(took) < BREATHLESS_SECONDS:
            told = ", ".join(f"{each:.2f}" for each in took[:5])
            return broken(
                f"{deed.name}: {len(deed.attempts)} attempts within {sum(took):.2f} s"
                f" (pauses of {told} s).",
                "A pause before the second attempt, a longer one before the third.",
                deed.attempts,
            )
    if any(breathless(deed.gaps(seen)) for deed in work):
        return hidden()
    return held("There were pauses between the attempts.", work[0].attempts)
