"""
No answer is waited for without end.

Why it matters: one answer that never ends stops a whole integration, without an error.
How it is seen: the job to which it is played ends within the subject's timeout, or goes on to
other work meanwhile.
Limits: a client that waits longer than the subject's timeout counts as one that waits for ever;
give the subject more time where that is meant.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import answered_at
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["times_out"]


@judged(severity=Severity.MAJOR, source="RFC 9110, 9.2.2")
def times_out(seen: Performance) -> Word:
    """Whether the client let go."""
    ending = seen.first.ending
    if ending.why:
        words = f"; its last words: {seen.first.words}" if seen.first.words else ""
        return broken(
            f"It waited for one answer until it {ending}{words}.",
            "A bound for the whole answer, not only between two bytes.",
            seen.faulty,
        )
    waited = max((answered_at(e) - e.seconds for e in seen.faulty), default=0.0)
    return held(f"It gave that answer up after {waited:.1f} s.", seen.faulty)
