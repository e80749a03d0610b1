"""Whether somebody asks too often."""

from __future__ import annotations

from verifier.mocking.habits import Habits
from verifier.mocking.limits import Meter, Telling
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["Limit"]


class Limit:
    """Counts a request, or says 429; a request that is refused so has no effect."""

    def __init__(self, habits: Habits, telling: Telling) -> None:
        self._status = habits.limited_status
        self._telling = telling
        self.meter = Meter(habits.limits)

    def __call__(self, turn: Turn) -> None:
        """Set the readings."""
        if not self.meter.rules or turn.operation is None or turn.caller is None:
            return
        turn.readings = self.meter.spend(turn.operation, turn.caller, turn.now)
        worst = max(turn.readings, key=lambda r: r.retry_seconds, default=None)
        if worst is None or not worst.retry_seconds:
            return
        turn.notes.append(f"over the limit '{worst.rule.name}'")
        turn.decision = Refusal(
            status=self._status,
            code="rate_limited",
            says=f"More than {worst.quota} requests in {worst.window} seconds.",
            headers=self._telling.refuse(worst, turn.now),
        )
