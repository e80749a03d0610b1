"""A repeated request has no second effect, and another answer than the first.

Imitates keys that are a uniqueness constraint: whoever lost the first answer is told of a
conflict, and does not get what was created.
"""

from __future__ import annotations

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_recall"]


def after_recall(turn: Turn) -> None:
    """It was done already, and that is called a conflict."""
    if turn.claim is not None and turn.claim.why == "replayed":
        turn.decision = Refusal(
            status=409,
            code="already_processed",
            says="A request with this key was processed already.",
        )
