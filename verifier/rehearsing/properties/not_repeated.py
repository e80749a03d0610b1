"""
A request that is refused for good is not sent again unchanged.

Why it matters: it cannot succeed; it costs quota, and vendors count errors against us.
How it is seen: after 400, 404 or 422 the same work is not sent again in the same job. 409 is let
pass, for it may mean that the first attempt is still being worked on.
Limits: a retry in the next run is not counted.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["not_repeated"]


@judged(severity=Severity.MAJOR, source="RFC 9110, 15.5.1, 15.5.5 and 15.5.21")
def not_repeated(seen: Performance) -> Word:
    """Look for an attempt after a refusal."""
    if seen.take.facts.get("status") == 409:
        return idle("409 may be tried again")
    for deed in deeds(seen, seen.of(seen.first)):
        for entry in deed.attempts:
            if entry.fault and deed.after(entry) is not None:
                says = f"{deed.name} was refused with {entry.status}, and sent again unchanged."
                return broken(says, "It is put aside, and a human is told.", deed.attempts)
    return held("What was refused was not sent again.", seen.faulty)
