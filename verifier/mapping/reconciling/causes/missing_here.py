"""Nothing should stand in the target."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"{e} IS NULL"


CAUSE = Cause(
    rank=2,
    says="there, and should not be",
    ask="Where did the target get it from?",
    sql=_sql,
)
