"""
The vendor announces an end: Deprecation, Sunset, a link to what comes after.

Nothing else changes (RFC 9745, RFC 8594). Whoever does not look learns of it on the last day.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["deprecation"]


@episode("deprecation-noticed")
def deprecation(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Every answer announces it."""
    if known.target:
        script = {"operation": "*", "fault": "deprecated", "times": 0}
        yield Take(name="announced", scripts=((script,),))
