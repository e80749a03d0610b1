"""
Move a date or a time by whole days: ``{add_days: 30}``.

Days are counted on the calendar: a time keeps its hour where the clock is put forward or back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Invalid
from verifier.mapping.whole import WHOLE

__all__ = ["OPERATION"]


def _make(days: int) -> Step:
    distance = timedelta(days=days)

    def step(value: Any) -> Any:
        try:
            return value + distance
        except OverflowError:
            raise Invalid("leads out of the years 1 to 9999") from None

    return step


OPERATION = Operation(
    nature=Nature.INVERTIBLE,
    takes=("date", "datetime"),
    gives="same",
    argument=WHOLE,
    needs_argument=True,
    make=_make,
    undo=lambda days: _make(-days),
)
