"""A key whose first request was refused as invalid is spent: the corrected one is refused, too.

Imitates keys that are written before the request is validated.
"""

from __future__ import annotations

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_validate"]


def after_validate(turn: Turn) -> None:
    """A refusal is remembered as if something had been done."""
    if isinstance(turn.decision, Refusal):
        turn.executed = True
