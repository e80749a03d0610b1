"""The smallest vendor whose list comes in pages, newest first, each item once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Request, Response

__all__ = ["PAGED", "PAGED_BY_OBJECT", "PagedByObject", "PagedShelf"]

MOST = 100
Items = list[dict[str, Any]]


def _paged(more: dict[str, Any]) -> dict[str, Any]:
    paths = dict(ITEMS["paths"])
    listing = paths["/items"]["get"]
    size = {"type": "integer", "minimum": 1, "maximum": MOST}
    cursor = {"name": "cursor", "in": "query", "schema": {"type": "string", "maxLength": 40}}
    limit = {"name": "limit", "in": "query", "schema": size}
    page = listing["responses"]["200"]["content"]["application/json"]["schema"]
    page = {**page, "properties": {**page["properties"], **more}}
    content = {"application/json": {"schema": page}}
    answers = {**listing["responses"], "200": {"description": "A page.", "content": content}}
    listing = {**listing, "parameters": [cursor, limit], "responses": answers}
    return document(paths={**paths, "/items": {**paths["/items"], "get": listing}})


TEXT = {"type": "string"}
NEXT = {"type": ["object", "null"], "properties": {"cursor": TEXT, "uri": TEXT}}
PAGED = _paged({"next_cursor": {"type": ["string", "null"]}})
PAGED_BY_OBJECT = _paged({"next_page": NEXT})


class PagedShelf(Shelf):
    """Goes on after the item that a cursor names, the newest item first."""

    def list(self, request: Request) -> Response:
        """A page, and the cursor of the next."""
        asked = parse_qs(request.query)
        size = self.size(int(asked.get("limit", ["20"])[0]))
        rows = self.rows()
        start = self.start(rows, asked.get("cursor", [""])[0])
        page = rows[start : start + size]
        end = start + size
        return self.page(page, self.cursor(page, end) if end < len(rows) else None)

    def page(self, rows: Sequence[dict[str, Any]], cursor: str | None) -> Response:
        """What is told of a page."""
        return self.json(200, {"data": [self.shown(r) for r in rows], "next_cursor": cursor})

    def cursor(self, page: Items, end: int) -> str:
        """What the next page goes on after: the last item of this one."""
        return str(page[-1]["id"])

    def size(self, asked: int) -> int:
        """How many items a page has."""
        return min(asked, MOST)

    def rows(self) -> Items:
        """All of them, the newest first."""
        return list(reversed(self.items.values()))

    def start(self, rows: Items, cursor: str) -> int:
        """Where a page begins: ids grow, and what was deleted is no obstacle."""
        return next(
            (i for i, row in enumerate(rows) if not cursor or row["id"] < cursor), len(rows)
        )


class PagedByObject(PagedShelf):
    """Tells the next page in several ways at once."""

    def page(self, rows: Sequence[dict[str, Any]], cursor: str | None) -> Response:
        """The rows, and an object that leads on."""
        led = {"cursor": cursor, "uri": f"/items?cursor={cursor}"} if cursor else None
        return self.json(200, {"data": [self.shown(r) for r in rows], "next_page": led})
