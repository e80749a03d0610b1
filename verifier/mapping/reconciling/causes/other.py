"""None of the known causes."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return "true"


CAUSE = Cause(
    rank=99,
    says="another value",
    ask="Look at some of them.",
    sql=_sql,
)
