"""Only capitals differ."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"lower({e}) = lower({x})"


CAUSE = Cause(
    rank=10,
    says="only capitals differ",
    ask="Compare it without case, or lower it in the rule.",
    sql=_sql,
)
