"""Leading zeros are lost."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"(ltrim({e}, '0') = ltrim({x}, '0') AND length({e}) <> length({x}))"


CAUSE = Cause(
    rank=14,
    says="leading zeros are lost",
    ask="It was taken for a number: keep it as text.",
    sql=_sql,
)
