"""Only white space differs."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause
from verifier.mapping.reconciling.translations import bare

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"{bare(e)} = {bare(x)}"


CAUSE = Cause(
    rank=11,
    says="only spaces differ",
    ask="Trim, or collapse spaces, in the rule.",
    sql=_sql,
)
