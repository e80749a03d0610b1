"""The end is cut off."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"(length({x}) > 0 AND length({x}) < length({e}) AND starts_with({e}, {x}))"


CAUSE = Cause(
    rank=40,
    says="the end is cut off",
    ask="Look at the length that the target takes.",
    sql=_sql,
)
