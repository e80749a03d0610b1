"""It is 10 times as much, or as little."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause
from verifier.mapping.reconciling.translations import number

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    same = f"({number(e)} = 10 * {number(x)} OR 10 * {number(e)} = {number(x)})"
    return f"({same} AND {number(e)} <> 0)"


CAUSE = Cause(
    rank=32,
    says="scaled by 10",
    ask="Look at the unit: whole units or the smallest, fraction or percent.",
    sql=_sql,
)
