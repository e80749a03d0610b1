"""It is a day earlier or later."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    days = ", ".join(f"TRY_CAST(left({value}, 10) AS DATE)" for value in (e, x))
    return f"abs(date_diff('day', {days})) = 1"


CAUSE = Cause(
    rank=21,
    says="shifted by exactly a day",
    ask="Look at the zone in which the day is taken.",
    sql=_sql,
)
