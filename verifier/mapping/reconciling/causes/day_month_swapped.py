"""Day and month are swapped."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]

ISO = "'([0-9]{4})-([0-9]{2})-([0-9]{2})(.*)'"


def _sql(e: str, x: str) -> str:
    swapped = f"regexp_replace({e}, {ISO}, '\\1-\\3-\\2\\4')"
    slashed = f"regexp_replace({e}, '([0-9]{{1,2}})([./])([0-9]{{1,2}})([./].*)', '\\3\\2\\1\\4')"
    return f"(({swapped} = {x} AND {swapped} <> {e}) OR ({slashed} = {x} AND {slashed} <> {e}))"


CAUSE = Cause(
    rank=20,
    says="day and month are swapped",
    ask="Declare the format on both sides.",
    sql=_sql,
)
