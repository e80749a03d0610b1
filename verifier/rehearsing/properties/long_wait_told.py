"""
An hour's wait is not slept through in silence.

Why it matters: a worker that sleeps for an hour blocks all that stands behind it, and nobody knows.
How it is seen: told to wait an hour, it ends within seconds, or says what it waits for. What the
whole hour would show is judged from its beginning.
Limits: whether it comes back after the hour is not seen.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["long_wait_told"]

LONG_SECONDS = 600.0


@judged(severity=Severity.MAJOR, source="RFC 9110, 10.2.3")
def long_wait_told(seen: Performance) -> Word:
    """Whether it sleeps, and whether it says so."""
    if float(seen.take.facts.get("retry_after", 0.0)) < LONG_SECONDS:
        return idle("nobody told it to wait for long")
    ending, run = seen.first.ending, seen.first
    if not ending.why:
        return held(f"It did not wait: it {ending}.")
    if run.alerts:
        return held(f"It waits, and says so: {run.alerts[0]}.")
    return broken(
        f"Told to wait an hour, it slept without a word until it {ending}.",
        "It stops and says so, or raises an alert and goes on with other work.",
    )
