"""
A garbled answer is not taken for a success.

Why it matters: a login page with status 200 has done nothing; whoever believes it loses the order.
How it is seen: by the state after the job: what the garbled answer did not do is done by another
attempt, or somebody is told.
Limits: where the vendor had done it all the same, nothing is lost by believing it, and nothing
said.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.deeds import deeds
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["garbage_noticed"]


@judged(severity=Severity.BLOCKER, source="RFC 9110, 15.3.1 and 8.3; RFC 9112, 8")
def garbage_noticed(seen: Performance) -> Word:
    """Hold what is missing against what was said."""
    run = seen.first
    amiss = seen.outcome_of(run).amiss
    again = [
        entry
        for deed in deeds(seen, seen.of(run))
        for entry in deed.attempts
        if entry.fault and deed.after(entry) is not None
    ]
    if amiss and not run.alerts:
        return broken(
            f"It took '{seen.take.name}' for a success: {amiss}, and it said nothing.",
            "Another attempt, or an alert.",
            seen.faulty,
        )
    if again:
        return held("It tried again.", again)
    if run.alerts:
        return held(f"It called for a human: {run.alerts[0]}.")
    return idle("nothing was lost by it")
