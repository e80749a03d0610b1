"""What a request does to what is kept."""

from __future__ import annotations

from verifier.mocking.acting import act
from verifier.mocking.acting.shop import Shop
from verifier.mocking.hooks import Hooks
from verifier.mocking.overrides import Overrides
from verifier.mocking.turn import Turn

__all__ = ["Act"]


class Act:
    """Carries out what was asked, or what somebody wrote down instead."""

    def __init__(self, shop: Shop, overrides: Overrides, hooks: Hooks) -> None:
        self._shop = shop
        self._overrides = overrides
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Decide by doing it."""
        asked = turn.asked
        if asked is None:
            return
        turn.executed = True
        turn.decision = (
            self._hooks.first("instead", asked)
            or self._overrides.decide(turn, asked)
            or act(self._shop, asked)
        )
