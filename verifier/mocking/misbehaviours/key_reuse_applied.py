"""Another request under a key that was used is carried out.

Imitates keys that are only looked up together with the body's hash.
"""

from __future__ import annotations

from verifier.mocking.turn import Turn

__all__ = ["after_recall"]


def after_recall(turn: Turn) -> None:
    """The key does not matter where the request is another."""
    if turn.claim is not None and turn.claim.why == "key reused":
        turn.claim = turn.decision = None
