"""One of the two is escaped as HTML."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause
from verifier.mapping.reconciling.engine import text

__all__ = ["CAUSE"]

PAIRS = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&#039;", "'"))


def _sql(e: str, x: str) -> str:
    return f"({_read(x)} = {e} OR {_read(e)} = {x} OR {_read(_read(x))} = {e})"


def _read(sql: str) -> str:
    for entity, letter in PAIRS:
        sql = f"replace({sql}, {text(entity)}, {text(letter)})"
    return f"replace({sql}, '&amp;', '&')"


CAUSE = Cause(
    rank=13,
    says="escaped as HTML",
    ask="Unescape once in the rule, or ask who escapes.",
    sql=_sql,
)
