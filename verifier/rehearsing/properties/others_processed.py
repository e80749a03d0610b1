"""
One record that is refused does not stop the others.

Why it matters: a single odd order at the head of the queue otherwise holds up a whole day's.
How it is seen: one request is refused for good, and all other records have their effect at the end
of the same job.
Limits: where order matters more than speed, stopping is right: skip the episode, with that reason.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, idle, judged

__all__ = ["others_processed"]


@judged(severity=Severity.MAJOR, source="Enterprise Integration Patterns, Invalid Message Channel")
def others_processed(seen: Performance) -> Word:
    """Count what was done beside the refused one."""
    if len(seen.orders) < 2 or not seen.outcome_of(seen.first).done:
        return idle("there is no other record")
    missing = seen.outcome_of(seen.first).missing
    if len(missing) > 1:
        return broken(
            f"One request was refused, and {len(missing)} of {len(seen.orders)} records were not"
            f" done ({', '.join(missing[:3])}).",
            "The refused record is put aside, and the others are done.",
        )
    return held("All others were done.")
