"""Nothing stands in the target."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"{x} IS NULL"


CAUSE = Cause(
    rank=1,
    says="missing in the target",
    ask="Was it never written, or refused?",
    sql=_sql,
)
