"""Who is told of what a request did."""

from __future__ import annotations

from verifier.mocking.state import State
from verifier.mocking.turn import Turn
from verifier.mocking.webhooks import Newsroom

__all__ = ["Announce"]


class Announce:
    """Puts messages into the outbox, once what they tell of can be read."""

    def __init__(self, state: State, newsroom: Newsroom) -> None:
        self._state = state
        self._newsroom = newsroom

    def __call__(self, turn: Turn) -> None:
        """Tell of the changes."""
        if not turn.executed or turn.answer is None:
            return
        if self._state.changed != turn.changed:
            self._newsroom.announce(self._state.changes_since(turn.changed), turn.now)
        if turn.asked is not None:
            self._newsroom.call_back(turn.asked, turn.answer, turn.now)
