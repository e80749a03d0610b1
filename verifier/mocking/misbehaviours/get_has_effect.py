"""Reading an item changes it.

Imitates "last seen" columns that are written by whoever looks.
"""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from verifier.mocking.insight import Insight
from verifier.mocking.outcome import Shown
from verifier.mocking.stamps import is_change
from verifier.mocking.turn import Turn

__all__ = ["begin"]


class Toucher(Struct):
    """Counts what was looked at, so that no two looks leave the same time."""

    vendor: Insight
    looks: int = 0

    def after_act(self, turn: Turn) -> None:
        """The time of the last change is the time of the last look."""
        shown = turn.decision
        if turn.asked is None or turn.asked.role != "read" or not isinstance(shown, Shown):
            return
        self.looks += 1
        now = turn.now + self.looks / 1000
        stamp = datetime.fromtimestamp(now, UTC).isoformat(timespec="milliseconds")
        for row in shown.rows:
            value = dict(row.value)
            for name in filter(is_change, row.value):
                text = isinstance(value[name], str)
                value[name] = stamp.replace("+00:00", "Z") if text else int(now) + self.looks
            self.vendor.state.change(row, value)


def begin(vendor: Insight) -> Toucher:
    """With a hand on the vendor's state."""
    return Toucher(vendor)
