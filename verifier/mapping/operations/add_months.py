"""
Move a date or a time by whole months: ``{add_months: 1}``.

Where the month is too short, its last day is taken: 31 January becomes 28 or 29 February. So it
does not always lead back, and is lossy.
"""

from __future__ import annotations

from calendar import monthrange
from typing import Any

from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Invalid
from verifier.mapping.whole import WHOLE

__all__ = ["OPERATION"]


def _make(months: int) -> Step:
    def step(value: Any) -> Any:
        year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
        if not 1 <= year <= 9999:
            raise Invalid("leads out of the years 1 to 9999")
        last = monthrange(year, month + 1)[1]
        return value.replace(year=year, month=month + 1, day=min(value.day, last))

    return step


OPERATION = Operation(
    nature=Nature.LOSSY,
    takes=("date", "datetime"),
    gives="same",
    argument=WHOLE,
    needs_argument=True,
    make=_make,
    lost=lambda old, new: bool(old.day != new.day),
    reason="end of month",
)
