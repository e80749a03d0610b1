"""What a request does to what is kept."""

from __future__ import annotations

from verifier.mocking.acting import act
from verifier.mocking.acting.shop import Shop
from verifier.mocking.hooks import Hooks
from verifier.mocking.turn import Turn
from verifier.wire import Answer

__all__ = ["Act"]


class Act:
    """Carries out what was asked."""

    def __init__(self, shop: Shop, hooks: Hooks) -> None:
        self._shop = shop
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Decide by doing it."""
        if turn.asked is None:
            return
        turn.executed = True
        instead: Answer | None = self._hooks.first("instead", turn.asked)
        turn.decision = instead or act(self._shop, turn.asked)
