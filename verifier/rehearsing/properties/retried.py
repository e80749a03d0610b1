"""
A failure that passes is tried again, in the same job.

Why it matters: glitches happen every day; each that is not outlived by itself wakes somebody.
How it is seen: after a 503, a reset or a refused connection, the same work is sent again before the
job ends.
Limits: a design that leaves the retry to its next run is sound, too, but slower; so this weighs
little.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds, told
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["retried"]

REFUSAL = "refuse"


@judged(severity=Severity.MINOR, source="RFC 9110, 9.2.2 and 15.6.4", timed=True)
def retried(seen: Performance) -> Word:
    """Look for the attempt after each failed one."""
    found = 0
    for deed in deeds(seen, seen.of(seen.first)):
        for entry in deed.attempts:
            if not entry.fault:
                continue
            later = deed.after(entry)
            if later is None and seen.first.ending.why:
                return idle(f"before it could be tried again it {seen.first.ending}")
            if later is None and entry.fault == REFUSAL and entry is seen.of(seen.first)[-1]:
                return idle("whoever is refused a connection is not seen coming back too early")
            if later is None:
                says = f"{deed.name} failed once ({told(entry)}), and was not tried again."
                return broken(says, "One more attempt would have succeeded.", deed.attempts)
            found += 1
    return (
        held(f"Each of {found} failed attempts was followed by another.")
        if found
        else idle("nothing failed")
    )
