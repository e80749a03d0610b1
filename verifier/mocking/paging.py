"""Pages in the style that the document declares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.state import Row
from verifier.model import Contract, Headers

__all__ = ["Page", "page_of"]

USUAL_SIZE = 20
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    One page of a list.

    Args:
        members: What the answer says beside the items, by every usual name of it.
    """

    rows: Sequence[Row]
    members: dict[str, Any]
    headers: Headers = ()


def page_of(contract: Contract, asked: Asked, rows: Sequence[Row]) -> Page:
    """The page that was asked for."""
    convention = contract.convention("pagination")
    detail = convention.detail if convention else {}
    query = asked.draft.query
    size = _size(query, detail)
    start = _start(query, detail, rows, size)
    chosen = rows[start : start + size]
    more = start + size < len(rows)
    last = chosen[-1].id if chosen and more else None
    members: dict[str, Any] = dict.fromkeys(
        (
            str(detail.get("next") or "next_cursor"),
            "next_cursor",
            "nextCursor",
            "next",
            "next_page_token",
            "nextPageToken",
            "cursor",
        ),
        last,
    )
    members |= dict.fromkeys(("has_more", "hasMore"), more)
    members |= dict.fromkeys(("total", "total_count", "totalCount", "count"), len(rows))
    members |= {"limit": size, "offset": start, "page": start // size + 1 if size else 1}
    return Page(rows=chosen, members=members)


def _size(query: Any, detail: Any) -> int:
    for name in (detail.get("size"), "limit", "page_size", "per_page", "pageSize", "size"):
        if name and isinstance(query.get(name), int):
            return max(1, min(MOST, int(query[name])))
    return USUAL_SIZE


def _start(query: Any, detail: Any, rows: Sequence[Row], size: int) -> int:
    for name in (detail.get("token"), "cursor", "starting_after", "after", "page_token"):
        if name and isinstance(query.get(name), str):
            ids = [row.id for row in rows]
            return ids.index(query[name]) + 1 if query[name] in ids else len(rows)
    if isinstance(query.get("offset"), int):
        return max(0, int(query["offset"]))
    if isinstance(query.get("page"), int):
        return max(0, (int(query["page"]) - 1) * size)
    return 0
