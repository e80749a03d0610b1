"""
The vendor has grown, in ways that it calls compatible.

A member more and a longer text must not disturb anybody; an unknown state, or nothing where there
was something, may be too much, but must then be said and not be guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["growth"]

WAYS = ("field", "text", "enum", "null")


@episode("growth-tolerated", "effects-exact")
def growth(known: Known, theatre: Theatre) -> Iterator[Take]:
    """All answers have grown, one way at a time."""
    if not known.target:
        return
    for way in WAYS:
        script = {"operation": "*", "fault": "growth", "with": {"by": way}, "times": 0}
        yield Take(name=way, scripts=((script,), ()), facts={"way": way})
