"""Whether a request was made before, under one idempotency key."""

from __future__ import annotations

from verifier.mocking.habits import Habits
from verifier.mocking.idempotency import Keys
from verifier.mocking.turn import Turn
from verifier.model import KeyDialect

__all__ = ["Recall"]


class Recall:
    """Answers a repeated request as the first time; ``remember`` keeps what the first was told."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        self.keys = Keys(habits.keys or KeyDialect())

    def __call__(self, turn: Turn) -> None:
        """Claim the key, and decide where it was used before."""
        if turn.asked is None or not self._habits.takes_key(turn.asked.operation):
            return
        turn.claim = claim = self.keys.claim(turn.asked, turn.now)
        if claim is not None:
            turn.decision = claim.decision
            turn.takes_seconds = max(turn.takes_seconds, claim.wait_seconds)
            turn.notes.append(claim.why)

    def remember(self, turn: Turn) -> None:
        """Keep the answer of what was done for the first time."""
        claim = turn.claim
        if claim is None or turn.answer is None:
            return
        done = turn.now + turn.takes_seconds
        self.keys.settle(claim, turn.answer, done, executed=turn.executed)
        turn.answer = self.keys.marked(claim, turn.answer)
