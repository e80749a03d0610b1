"""
What was asked is done, and the answer is lost.

The connection is reset, or closed in order, after the vendor has committed; or the vendor says 500
although it has; or every answer is lost as long as the first run lasts. The program cannot know
whether it was done; the same key and body, sent again, by another run too, do it exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["lost"]


@episode(
    "effects-exact",
    "same-key",
    otherwise="it changes nothing at the vendor's, so nothing can be done twice",
)
def lost(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Each way once; a second run may complete what the first could not."""
    for operation in known.writes[:1]:
        for name, fault, told, times in (
            ("reset", "reset-after-commit", {}, 1),
            ("closed", "no-response", {"then": "close"}, 1),
            ("500", "status", {"status": 500, "committed": True}, 1),
            ("reset throughout", "reset-after-commit", {}, 0),
        ):
            script = {"operation": operation, "fault": fault, "with": told, "times": times}
            yield Take(name=name, scripts=((script,), ()))
