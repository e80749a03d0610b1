"""
Everything fails for longer than the program will wait.

Then it must stop by itself, say so, and hammer nobody; and once the vendor is back, a second run
must complete the work, with nothing lost and nothing doubled.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["outage"]


@episode(
    "attempts-bounded",
    "amplification-bounded",
    "gives-up",
    "pauses",
    "gaps-grow",
    "alert-raised",
    "exit-honest",
    "recovers",
)
def outage(known: Known, theatre: Theatre) -> Iterator[Take]:
    """503 to everything while the first run lasts."""
    if not known.target:
        return
    patience = theatre.integration.expect.elapsed_seconds
    usual = theatre.integration.program.timeout_seconds
    script = {"operation": "*", "fault": "status", "with": {"status": 503}, "times": 0}
    for number in (1, 2):
        yield Take(
            name=f"503 throughout ({number})",
            scripts=((script,), ()),
            timeout_seconds=min(usual, patience),
        )
