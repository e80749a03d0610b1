"""It differs by a rounding."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause
from verifier.mapping.reconciling.translations import number

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    apart = f"abs({number(e)} - {number(x)})"
    return f"({apart} <= 1 AND ({apart} <= 0.011 OR {apart} = 1))"


CAUSE = Cause(
    rank=34,
    says="differs by a rounding",
    ask="Agree on where and how it is rounded.",
    sql=_sql,
)
