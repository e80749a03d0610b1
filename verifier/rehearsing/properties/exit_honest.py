"""
The program's exit code tells whether its work was done.

Why it matters: a scheduler knows nothing else.
How it is seen: records are left undone at the end of a job, in no file of rejected or kept ones,
and the exit code is 0.
Limits: only where the file counts the exit code among the alerts, and for programs that end.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["exit_honest"]


@judged(severity=Severity.MINOR, source="POSIX.1-2024, XCU 2.8.2")
def exit_honest(seen: Performance) -> Word:
    """Hold the exit code against what was left undone."""
    program, run = seen.integration.program, seen.first
    if program.serve or not seen.integration.alerts.exit_code:
        return idle("its exit code is no alert")
    undone = [
        key
        for key in seen.outcome_of(run).missing
        if not run.rejected.get(key) and not run.kept.get(key)
    ]
    if not undone or run.ending.code is None:
        return idle("no record was left without a note")
    if run.ending.code == 0:
        says = f"It ended with exit code 0, and {len(undone)} records were not done ({undone[0]})."
        return broken(says, "Another exit code than 0.")
    return held(f"It ended with exit code {run.ending.code}, as {len(undone)} were not done.")
