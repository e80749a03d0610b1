"""The same words in another order."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    return f"{_sorted(e)} = {_sorted(x)}"


def _sorted(sql: str) -> str:
    return f"list_sort(string_split(lower(replace({sql}, ',', '')), ' '))"


CAUSE = Cause(
    rank=41,
    says="the same words in another order",
    ask="Which part of the name comes first?",
    sql=_sql,
)
