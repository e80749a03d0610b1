"""
No answer is waited for without end.

Why it matters: one answer that never ends stops a whole integration, without an error.
How it is seen: the job to which it is played ends within the subject's timeout; if it does not, it
let go of that answer all the same, or had waited for it for less than half of that time.
Limits: a client that waits longer than the subject's timeout counts as one that waits for ever;
give the subject more time where that is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mocking import Entry
from verifier.model import Severity
from verifier.rehearsing.deeds import answered_at, deeds
from verifier.rehearsing.performance import Performance, Run
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["times_out"]

AT_ONCE = 0.1


@judged(severity=Severity.MAJOR, source="RFC 9110, 9.2.2")
def times_out(seen: Performance) -> Word:
    """Whether the client let go."""
    run = seen.first
    ending = run.ending
    kept = list(_kept(seen, run)) if ending.why else []
    if kept:
        waited = run.ended_seconds - min(e.seconds for e in kept)
        if waited * 2 < ending.seconds:
            return idle(f"it had waited only {waited:.1f} s when it was ended")
        words = f"; its last words: {run.words}" if run.words else ""
        return broken(
            f"It waited for one answer until it {ending}{words}.",
            "A bound for the whole answer, not only between two bytes.",
            kept,
        )
    waited = max((answered_at(e) - e.seconds for e in seen.faulty), default=0.0)
    return held(f"It gave that answer up after {waited:.1f} s.", seen.faulty)


def _kept(seen: Performance, run: Run) -> Iterator[Entry]:
    """Requests whose answer it was still waiting for when it had to be ended."""
    for deed in deeds(seen, seen.of(run)):
        last = deed.attempts[-1]
        left = last.delivered is not None and answered_at(last) < run.ended_seconds - AT_ONCE
        if last.fault and not left:
            yield last
