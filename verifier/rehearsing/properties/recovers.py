"""
After an outage the next run completes the work, with nothing lost and nothing doubled.

Why it matters: outages end; what must not happen is that somebody has to find out by hand what was
done and what was not.
How it is seen: the program is run again in the same folder, against the same vendor, which is well
by then; and the vendor's state is compared with what the file expects.
Limits: a program that keeps its work elsewhere than in its folder must be told so by its variables.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["recovers"]


@judged(severity=Severity.BLOCKER, source="the integration's own file")
def recovers(seen: Performance) -> Word:
    """Compare the state after the last run."""
    expect = seen.integration.expect
    if not expect.effects and not expect.copies:
        return idle("the file expects no effects")
    if not seen.outcome.amiss:
        return held("The next run completed everything.")
    return broken(
        f"After the outage and another run: {seen.outcome.amiss}.",
        "The next run does what is left, and only that.",
    )
