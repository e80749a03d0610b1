"""The size of a page cannot be chosen.

Imitates a page size that is a constant in the code and a parameter in the document.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.turn import Turn

__all__ = ["before_act"]

SIZES = frozenset({"limit", "page_size", "per_page", "pagesize", "perpage", "size", "count"})


def before_act(turn: Turn) -> None:
    """What was said of the size is forgotten."""
    asked = turn.asked
    if asked is None or asked.role not in ("list", "search"):
        return
    query = {k: v for k, v in asked.draft.query.items() if k.lower() not in SIZES}
    turn.asked = replace(asked, draft=replace(asked.draft, query=query))
