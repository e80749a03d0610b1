"""
What was asked is done, and the answer is lost.

The connection is reset, is closed in order, or falls silent after the vendor has committed. The
program cannot know whether it was done; the same key and body, sent again, do it exactly once.
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
    """Once reset, once closed; a second run may complete what the first could not."""
    for operation in known.writes[:1]:
        for name, fault, told in (
            ("reset", "reset-after-commit", {}),
            ("closed", "no-response", {"then": "close"}),
        ):
            script = {"operation": operation, "fault": fault, "with": told}
            yield Take(name=name, scripts=((script,), ()))
