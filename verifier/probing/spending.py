"""How much: a hard budget of requests, and of time."""

from __future__ import annotations

from verifier.probing.clock import RealClock
from verifier.probing.obstacles import OutOfBudget

__all__ = ["Spending"]


class Spending:
    """
    Counts what a run sends, and ends it where nothing is left.

    Args:
        budget: The most requests, clean-up excepted.
        minutes: The longest that the run may go on asking; counted from now.
        sent: What was sent already (resume).
    """

    def __init__(self, budget: int, minutes: float, sent: int = 0) -> None:
        self._minutes = minutes
        # The user's time, whatever a mock's clock says.
        self._clock = RealClock()
        self._ends = self._clock.monotonic() + minutes * 60
        self.budget = budget
        self.sent = sent

    def afford(self, count: int) -> bool:
        """Whether so many more may be sent."""
        return self.sent + count <= self.budget and self._clock.monotonic() < self._ends

    def spend(self, count: int, *, free: bool = False) -> None:
        """Count requests that are about to be sent (``free``: whatever is left)."""
        if not free and not self.afford(count):
            raise self._nothing_left(count)
        self.sent += count

    def _nothing_left(self, count: int) -> OutOfBudget:
        if self.sent + count > self.budget:
            says = f"the budget of {self.budget} requests was spent"
            return OutOfBudget(says, "--budget with a higher number")
        return OutOfBudget(f"the {self._minutes:g} minutes of the run were over", "--minutes more")
