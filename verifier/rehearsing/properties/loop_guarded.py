"""
A list whose last page leads to itself does not hold it for ever.

Why it matters: one fault of the vendor's becomes a million requests of ours.
How it is seen: the last page names itself as the next one; the program ends by itself, and asks for
no page more than a few times.
Limits: none known.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, judged

__all__ = ["loop_guarded"]


MOST = 5


@judged(severity=Severity.MINOR, source="RFC 8288, 3.3")
def loop_guarded(seen: Performance) -> Word:
    """Count how often the same page is asked for."""
    counts: dict[str, int] = {}
    for entry in seen.of(seen.first):
        counts[entry.target] = counts.get(entry.target, 0) + 1
    most = max(counts.values(), default=0)
    if seen.first.ending.why or most > MOST:
        says = f"It asked for the same page {most} times (it {seen.first.ending})."
        return broken(says, "A page that was seen ends the list, with an alert.")
    return held(f"It asked for the same page {'once' if most == 1 else f'at most {most} times'}.")
