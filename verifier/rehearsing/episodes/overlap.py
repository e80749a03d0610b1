"""
Two of the program run at once: a schedule that overtakes itself, a deployment, an impatient click.

Both see the same work; it must be done once.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["overlap"]

# So that one that starts slowly still meets the other, and none takes the answer for lost.
LEAST_SECONDS, MOST_SECONDS = 0.3, 1.5


@episode("nothing-doubled", otherwise="it changes nothing at the vendor's")
def overlap(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Both begin together, and the vendor takes as long for each request as a calm job takes."""
    seconds = min(MOST_SECONDS, max(LEAST_SECONDS, known.calm.first.ending.seconds))
    told = {"seconds": seconds, "most_seconds": MOST_SECONDS}
    for operation in known.writes[:1]:
        script = {"operation": operation, "fault": "latency", "times": 0, "with": told}
        yield Take(name="two at once", scripts=((script,), ()), instances=2)
