"""Of requests that come at once under one key, each has its effect.

Imitates keys that are looked up first and written last, with nothing that keeps a second request
out meanwhile.
"""

from __future__ import annotations

from verifier.mocking.turn import Turn

__all__ = ["after_recall", "before_recall"]

WORKS_SECONDS = 0.1


def before_recall(turn: Turn) -> None:
    """A creation takes a while."""
    if turn.asked is not None and turn.asked.role in ("create", "action"):
        turn.takes_seconds = max(turn.takes_seconds, WORKS_SECONDS)


def after_recall(turn: Turn) -> None:
    """Whoever comes meanwhile is let through."""
    claim = turn.claim
    if claim is not None and (claim.why == "key in use" or claim.wait_seconds):
        turn.claim = turn.decision = None
