"""An idempotency key is taken, and makes no difference: the second request does it again.

Imitates a header that is documented before it is built.
"""

from __future__ import annotations

from verifier.mocking.turn import Turn

__all__ = ["after_recall"]


def after_recall(turn: Turn) -> None:
    """What was asked before is asked for the first time."""
    if turn.claim is not None and turn.claim.why in ("replayed", "key in use"):
        turn.claim = turn.decision = None
        turn.takes_seconds = 0.0
