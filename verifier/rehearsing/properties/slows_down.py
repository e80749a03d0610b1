"""
It slows down before it is told to.

Why it matters: a vendor that says how many requests are left need not refuse any.
How it is seen: with a limit that every answer tells, no request is refused.
Limits: information only: RFC 9110 asks for no more than to stop when told. The RateLimit fields
are a draft.
"""

from __future__ import annotations

from verifier.model import Severity
from verifier.rehearsing.performance import Performance
from verifier.rehearsing.property import Word, broken, held, hidden, idle, judged
from verifier.rehearsing.pulse import overlap

__all__ = ["slows_down"]

NOISE_SECONDS = 1.0


@judged(severity=Severity.NOTE, source="draft-ietf-httpapi-ratelimit-headers-11, 6")
def slows_down(seen: Performance) -> Word:
    """Count refusals."""
    if seen.take.name != "told beforehand":
        return idle("no limit was told beforehand")
    refused = [e for e in seen.of(seen.first) if e.status == 429]
    if refused:
        times = "once" if len(refused) == 1 else f"{len(refused)} times"
        says = f"It ran into the limit {times}, though every answer told it."
        return broken(says, "It pauses when nothing is left.", seen.entries[:12])
    entries = seen.of(seen.first)
    if overlap(seen.late, entries[0].seconds, entries[-1].seconds) > NOISE_SECONDS:
        return hidden()
    return held("It ran into no limit that it could see coming.")
