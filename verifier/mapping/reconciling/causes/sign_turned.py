"""The sign is turned round."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause
from verifier.mapping.reconciling.translations import number

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"({number(e)} = -{number(x)} AND {number(e)} <> 0)"


CAUSE = Cause(
    rank=30,
    says="the sign is turned round",
    ask="A refund was taken for a sale, or the other way.",
    sql=_sql,
)
