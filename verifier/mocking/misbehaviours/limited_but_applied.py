"""A write that is refused for being too fast is carried out all the same.

Imitates a limiter that runs beside the handler, and wins only the race for the answer.
"""

from __future__ import annotations

from msgspec import Struct

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["begin"]


class Race(Struct):
    """The refusal that is to be told in the end."""

    refusal: Refusal | None = None

    def after_limit(self, turn: Turn) -> None:
        """Let it through for now."""
        self.refusal = None
        if isinstance(turn.decision, Refusal):
            self.refusal, turn.decision = turn.decision, None

    def before_represent(self, turn: Turn) -> None:
        """Refuse what was done."""
        if self.refusal is not None:
            turn.decision, self.refusal = self.refusal, None


def begin(vendor: object) -> Race:
    """With nothing refused."""
    return Race()
