"""Of requests that come at once under one key, each has its effect.

Imitates keys that are looked up first and written last, with nothing that keeps a second request
out meanwhile.
"""

from __future__ import annotations

from verifier.mocking.turn import Turn

__all__ = ["after_recall"]

WORKS_SECONDS = 0.1


def after_recall(turn: Turn) -> None:
    """The first takes a while, and whoever comes meanwhile is let through."""
    claim = turn.claim
    if claim is None:
        return
    if claim.fresh:
        turn.takes_seconds = max(turn.takes_seconds, WORKS_SECONDS)
    elif claim.why == "key in use" or claim.wait_seconds:
        turn.claim = turn.decision = None
