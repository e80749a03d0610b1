"""
The answer is slow: its head is late, its body drips, or nothing comes at all.

A timeout between two bytes does not end a body that drips; only a bound for the whole does.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["slow"]


@episode("times-out", "effects-exact", "same-key")
def slow(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Once each; the second attempt, or run, is answered at once."""
    if not known.target:
        return
    for name, fault, told in (
        ("no answer", "hang", {}),
        ("done, no answer", "no-response", {"then": "hang"}),
        ("late", "latency", {"seconds": 600, "most_seconds": 600}),
        ("drips", "drip", {"piece_bytes": 1, "pause_seconds": 0.8}),
    ):
        script = {"operation": known.target, "fault": fault, "with": told}
        yield Take(name=name, scripts=((script,), ()))
