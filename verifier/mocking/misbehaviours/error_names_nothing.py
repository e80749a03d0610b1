"""A refusal of invalid input does not say what is wrong with which field.

Imitates a validator whose result is thrown away.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_validate"]


def after_validate(turn: Turn) -> None:
    """Something is wrong somewhere."""
    if isinstance(turn.decision, Refusal) and turn.decision.violations:
        turn.decision = replace(turn.decision, says="Invalid request.", violations=())
