"""
A job ends by itself, though the vendor does not come back.

Why it matters: whoever hangs holds a worker, a lock and a place in the schedule, and looks alive.
How it is seen: the job ends within `expect: elapsed_seconds` (or the subject's timeout).
Limits: a real outage is longer than a rehearsal; a program that gives up later than that must say
so in its file.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["gives_up"]


@judged(severity=Severity.MAJOR, source="the integration's own file")
def gives_up(seen: Performance) -> Word:
    """Whether we had to end it."""
    ending = seen.first.ending
    if ending.why:
        return broken(
            f"It {ending}, after {len(seen.of(seen.first))} requests.",
            "It stops by itself, keeps its work, and says so.",
        )
    return held(f"It ended by itself after {ending.seconds:.1f} s.")
