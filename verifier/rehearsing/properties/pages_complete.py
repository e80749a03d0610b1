"""
Every item of a list is seen exactly once, whatever comes and goes meanwhile.

Why it matters: an order that slips between two pages is never shipped.
How it is seen: in the program's own copy (`expect: copies`): each item that the vendor had all the
time stands there once. Without a copy: whether it went on after an empty page.
Limits: what was added or removed meanwhile may or may not be there.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["pages_complete"]


@judged(severity=Severity.BLOCKER, source="RFC 8288, 3.3")
def pages_complete(seen: Performance) -> Word:
    """Look into the copy, or at where it stopped."""
    if seen.there:
        amiss = seen.outcome.amiss
        if amiss:
            return broken(f"In the end: {amiss}.", "Each item once.")
        return held("Every item stands in the copy once.")
    faulty = seen.faulty[0]
    later = [e for e in seen.entries if e.serial > faulty.serial and e.path == faulty.path]
    if faulty.fault == "empty-page" and not later:
        return broken("It stopped at an empty page.", "It goes on while there is a next page.")
    return held("It went on.") if later else idle("nothing tells whether it saw everything")
