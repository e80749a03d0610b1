"""One way in which two values differ, told by looking at the two."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

__all__ = ["Cause"]


class Cause(Struct, frozen=True, kw_only=True, eq=False):
    """
    A cause; its name is its file's.

    Args:
        rank: Causes are tried in this order; the first that fits counts.
        says: What is different, in words.
        ask: What to look at, or to ask for.
        sql: Of the expected and the actual text to a condition.
    """

    rank: int
    says: str
    ask: str
    sql: Callable[[str, str], str]
