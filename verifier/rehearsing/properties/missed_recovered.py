"""
What happened while it was down is found out by asking.

Why it matters: vendors give up after some attempts; what was never told must be asked for.
How it is seen: a thing is made while the program does not run, and no event tells of it; after it
was started, and told to work, its state shows the thing.
Limits: a program that asks once a day is not waited for: give it a trigger that makes it ask.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["missed_recovered"]


@judged(severity=Severity.MAJOR, source="Standard Webhooks 1.0.0, retries", timed=True)
def missed_recovered(seen: Performance) -> Word:
    """Look for the thing."""
    if "found" not in seen.facts:
        return idle("nothing was missed")
    if not seen.shows_state:
        return idle("it shows no state")
    if seen.facts["found"]:
        return held("It found out by itself.")
    asked = "it asked, and did not see it" if seen.entries else "it asked the vendor nothing"
    return broken(
        f"What happened while it was down it never learned of: {asked}.",
        "After a start, and now and then, it asks for what changed since.",
    )
