"""It went through a wrong encoding."""

from __future__ import annotations

from verifier.mapping.reconciling.cause import Cause

__all__ = ["CAUSE"]

MARKS = "'[ÃÂâ][\\x{0080}-\\x{00BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\\x{FFFD}'"


def _sql(e: str, x: str) -> str:
    return f"(regexp_matches({x}, {MARKS}) AND NOT regexp_matches({e}, {MARKS}))"


CAUSE = Cause(
    rank=43,
    says="went through a wrong encoding",
    ask="Export it again as UTF-8.",
    sql=_sql,
)
