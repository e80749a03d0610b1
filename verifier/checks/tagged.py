"""The smallest vendor that tags what it shows, and heeds the tags that it is shown."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Missing, Request, Response

__all__ = ["TAGGED", "UNTAGGED", "TaggedShelf"]

UNTAGGED = Missing(reason="what it shows has no tag and no time of change that could be told back")


def _tagged() -> dict[str, Any]:
    text = {"type": "string"}
    item = dict(ITEMS["paths"]["/items/{id}"])
    heads = {"ETag": {"schema": text}}
    seen = {**item["get"]["responses"]["200"], "headers": heads}
    same = {"description": "It has not changed."}
    answers = {**item["get"]["responses"], "200": seen, "304": same}
    unless = {"name": "If-None-Match", "in": "header", "schema": text}
    if_match = {"name": "If-Match", "in": "header", "schema": text}
    refused = {"$ref": "#/components/responses/Problem"}
    changing = {**item["patch"]["responses"], "412": refused}
    item["get"] = {**item["get"], "parameters": [unless], "responses": answers}
    item["patch"] = {**item["patch"], "parameters": [if_match], "responses": changing}
    return document(paths={**ITEMS["paths"], "/items/{id}": item})


TAGGED = _tagged()


class TaggedShelf(Shelf):
    """Answers 304 to what is known, and 412 to who is late."""

    def tag(self, id: str) -> str:
        """The tag of an item as it is now."""
        return f'"{hashlib.sha256(orjson.dumps(self.items[id])).hexdigest()[:16]}"'

    def item(self, request: Request, id: str) -> Response:
        """With its tag, where it is shown."""
        wanted = request.header("if-match")
        if request.method == "PATCH" and wanted not in (None, self.tag(id)):
            return self.late(request, id)
        answer = super().item(request, id)
        if answer.status != 200:
            return answer
        known = request.header("if-none-match") == self.tag(id)
        headers = (*answer.headers, ("ETag", self.tag(id)))
        if known and request.method in ("GET", "HEAD"):
            return Response(status=304, headers=headers)
        return Response(status=200, headers=headers, body=answer.body)

    def late(self, request: Request, id: str) -> Response:
        """What is said to whoever changes an older version."""
        return self.problem(412, "It has changed meanwhile")
