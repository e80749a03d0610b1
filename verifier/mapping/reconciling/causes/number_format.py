"""The same number, written with other marks."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause
from verifier.mapping.reconciling.translations import number

__all__ = ["CAUSE"]


def _sql(e: str, x: str) -> str:
    commas = f"replace(replace({x}, '.', ''), ',', '.')"
    grouped = f"replace({x}, ',', '')"
    return f"({number(e)} = {number(commas)} OR {number(e)} = {number(grouped)})"


CAUSE = Cause(
    rank=35,
    says="a number written with other marks",
    ask="Declare decimal and group on both sides.",
    sql=_sql,
)
