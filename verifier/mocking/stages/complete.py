"""The headers that every answer carries, and the last word."""

from __future__ import annotations

from verifier.mocking.headers import Headings
from verifier.mocking.hooks import Hooks
from verifier.mocking.turn import Turn

__all__ = ["Complete"]


class Complete:
    """Completes an answer."""

    def __init__(self, headings: Headings, hooks: Hooks) -> None:
        self._headings = headings
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Add what is missing."""
        if turn.answer is not None:
            answer = self._headings.complete(turn, turn.answer)
            turn.answer = self._hooks.through("answered", turn.asked, answer)
