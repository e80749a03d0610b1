"""The smallest vendor whose items can be replaced as a whole (PUT)."""

from __future__ import annotations

from typing import Any

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Request, Response

__all__ = ["REPLACEABLE", "ReplaceableShelf"]

METHODS = ("Allow", "GET, HEAD, PUT, PATCH, DELETE")


def _replaceable() -> dict[str, Any]:
    item = dict(ITEMS["paths"]["/items/{id}"])
    body = ITEMS["paths"]["/items"]["post"]["requestBody"]
    item["put"] = {**item["patch"], "operationId": "replaceItem", "requestBody": body}
    return document(paths={**ITEMS["paths"], "/items/{id}": item})


REPLACEABLE = _replaceable()


class ReplaceableShelf(Shelf):
    """Takes PUT beside what else it takes."""

    def answer(self, request: Request) -> Response:
        """PUT of an item that is there replaces it."""
        id = request.path.rpartition("/")[2]
        if request.method == "PUT" and self.admits(request) and id in self.items:
            return self.replace(request, id)
        answer = super().answer(request)
        return self.problem(405, "Not allowed", METHODS) if answer.status == 405 else answer

    def replace(self, request: Request, id: str) -> Response:
        """What is given, and nothing of what was there."""
        given, wrong = self.parse(request, required=("name",))
        if wrong:
            return wrong
        kept = {name: self.items[id][name] for name in ("id", "created_at")}
        self.items[id] = {**self.kept(given), **kept}
        return self.json(200, self.shown(self.items[id]), request)
