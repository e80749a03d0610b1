"""
Whoever must act is told.

Why it matters: work that silently is not done is found by the customer.
How it is seen: work is left undone at the end of the job to which the fault was played, and one of
the file's `alerts` was raised: an exit code, a line, a file.
Limits: nothing is known of what reads the alert.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["alert_raised"]


@judged(severity=Severity.MAJOR, source="the integration's own file")
def alert_raised(seen: Performance) -> Word:
    """Hold what was left undone against what was said."""
    run = seen.first
    if run.alerts:
        return held(f"It called for a human: {run.alerts[0]}.")
    undone = seen.outcome_of(run).amiss
    if not undone and not seen.refused_in(run):
        return idle("all its work was done in spite of it")
    words = f"; its last words: {run.words}" if run.words else ""
    return broken(
        f"{undone or 'Its requests were refused'}, and it said nothing (it {run.ending}{words}).",
        "One of the alerts that its file names.",
    )
