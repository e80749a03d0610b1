"""
The smallest vendor that does everything right, for checks to be proved on.

``ITEMS`` is its document, ``Shelf`` its behaviour: a class whose instances answer requests from
memory. A check declares ``Shelf`` as its healthy specimen, and as its broken one a subclass in
which exactly one method misbehaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

from verifier.model import Failure, Request, Response

__all__ = ["ITEMS", "Shelf", "document"]

TOKEN = "Authorization"  # noqa: S105  (the header's name)


def _content(schema: Mapping[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return {"content": {kind: {"schema": schema}}}


def _answers(status: str, schema: Mapping[str, Any] | None, *errors: str) -> dict[str, Any]:
    ok = {"description": "Done.", **(_content(schema) if schema else {})}
    wrong = {"$ref": "#/components/responses/Problem"}
    return {status: ok, **dict.fromkeys(("401", *errors), wrong)}


_ITEM = {"$ref": "#/components/schemas/Item"}
_NEW = {"required": True, **_content({"$ref": "#/components/schemas/NewItem"})}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
_TEXT = {"type": "string", "maxLength": 200}
_WRITABLE: dict[str, Any] = {
    "name": {"type": "string", "minLength": 1, "maxLength": 200},
    "price": {"type": "string", "pattern": "^[0-9]{1,12}\\.[0-9]{2}$"},
    "weight": {"type": "number", "minimum": 0, "maximum": 1000000},
    "status": {"type": "string", "enum": ["draft", "listed", "sold"]},
    "note": {"type": ["string", "null"], "maxLength": 200},
    "due_at": {"type": "string", "format": "date-time"},
    "labels": {"type": "array", "maxItems": 5, "items": _TEXT},
}

ITEMS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Items", "version": "1.0.0"},
    "security": [{"bearer": []}],
    "paths": {
        "/items": {
            "get": {
                "operationId": "listItems",
                "parameters": [
                    {
                        "name": "status",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["draft", "listed", "sold"]},
                    }
                ],
                "responses": _answers(
                    "200",
                    {
                        "type": "object",
                        "required": ["data"],
                        "properties": {"data": {"type": "array", "items": _ITEM}},
                    },
                    "400",
                ),
            },
            "post": {
                "operationId": "createItem",
                "requestBody": _NEW,
                "responses": _answers("201", _ITEM, "400", "415", "422"),
            },
        },
        "/items/{id}": {
            "parameters": [_ID],
            "get": {"operationId": "readItem", "responses": _answers("200", _ITEM, "404")},
            "patch": {
                "operationId": "updateItem",
                "requestBody": _content({"$ref": "#/components/schemas/ItemChange"}),
                "responses": _answers("200", _ITEM, "400", "404", "415", "422"),
            },
            "delete": {"operationId": "deleteItem", "responses": _answers("204", None, "404")},
        },
    },
    "components": {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        "responses": {
            "Problem": {
                "description": "Not done.",
                **_content({"$ref": "#/components/schemas/Problem"}, "application/problem+json"),
            }
        },
        "schemas": {
            "NewItem": {
                "type": "object",
                "required": ["name"],
                "properties": _WRITABLE,
                "additionalProperties": False,
            },
            "ItemChange": {
                "type": "object",
                "properties": _WRITABLE,
                "additionalProperties": False,
            },
            "Item": {
                "type": "object",
                "required": ["id", "name", "created_at"],
                "properties": {
                    "id": {"type": "string", "readOnly": True},
                    "created_at": {"type": "string", "format": "date-time", "readOnly": True},
                    **_WRITABLE,
                },
            },
            "Problem": {
                "type": "object",
                "required": ["title", "status"],
                "properties": {
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def document(**members: Any) -> dict[str, Any]:
    """The standard document with some top-level members replaced."""
    return {**ITEMS, **members}


class Shelf:
    """A vendor of items that keeps its document's word."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.count = 0

    def __call__(self, request: Request) -> Response | Failure:
        """Answer one request."""
        return self.finish(request, self.answer(request))

    def finish(self, request: Request, response: Response) -> Response:
        """Add what every answer carries."""
        serial = f"req-{self.count}"
        more = (("Date", formatdate(usegmt=True)), ("X-Request-Id", serial))
        return Response(
            status=response.status, headers=(*response.headers, *more), body=response.body
        )

    def answer(self, request: Request) -> Response:
        """Let in, then route."""
        if not self.admits(request):
            return self.refuse(request)
        segments = [unquote(part) for part in request.path.strip("/").split("/")]
        if segments[0] != "items" or len(segments) > 2:
            return self.problem(404, "No such path")
        if len(segments) == 1:
            return self.collection(request)
        if request.method not in ("GET", "HEAD", "PATCH", "DELETE"):
            return self.problem(405, "Not allowed", ("Allow", "GET, HEAD, PATCH, DELETE"))
        if segments[1] not in self.items:
            return self.missing(request, segments[1])
        return self.item(request, segments[1])

    def admits(self, request: Request) -> bool:
        """Whether the credential is the right one."""
        return request.header(TOKEN) == "Bearer good"

    def refuse(self, request: Request) -> Response:
        """What a stranger is told."""
        return self.problem(401, "Who are you?", ("WWW-Authenticate", 'Bearer realm="items"'))

    def missing(self, request: Request, id: str) -> Response:
        """What is said of an unknown id."""
        return self.problem(404, "No such item")

    def collection(self, request: Request) -> Response:
        """List or create."""
        if request.method in ("GET", "HEAD"):
            return self.list(request)
        if request.method == "POST":
            return self.create(request)
        return self.problem(405, "Not allowed", ("Allow", "GET, HEAD, POST"))

    def item(self, request: Request, id: str) -> Response:
        """Read, change or delete one."""
        if request.method == "DELETE":
            return self.delete(id)
        if request.method == "PATCH":
            return self.update(request, id)
        return self.read(request, id)

    def list(self, request: Request) -> Response:
        """All items, or those of one status."""
        wanted = dict(parse_qsl(request.query)).get("status")
        if wanted is not None and wanted not in _WRITABLE["status"]["enum"]:
            return self.problem(400, "No such status")
        rows = [i for i in self.items.values() if wanted in (None, i.get("status"))]
        return self.json(200, {"data": [self.shown(row) for row in rows]}, request)

    def create(self, request: Request) -> Response:
        """Keep a new item."""
        given, wrong = self.parse(request, required=("name",))
        if wrong:
            return wrong
        self.count += 1
        id = f"it_{self.count:06d}"
        self.items[id] = self.kept(given)
        self.items[id] |= {"id": id, "created_at": "2026-01-01T00:00:00Z"}
        return self.json(201, self.shown(self.items[id]), request)

    def update(self, request: Request, id: str) -> Response:
        """Change the members given."""
        given, wrong = self.parse(request)
        if wrong:
            return wrong
        self.items[id] |= self.kept(given)
        return self.json(200, self.shown(self.items[id]), request)

    def read(self, request: Request, id: str) -> Response:
        """One item."""
        return self.json(200, self.shown(self.items[id]), request)

    def delete(self, id: str) -> Response:
        """Forget one item."""
        del self.items[id]
        return Response(status=204)

    def parse(
        self, request: Request, required: tuple[str, ...] = ()
    ) -> tuple[dict[str, Any], Response | None]:
        """The writable members of a valid body, or the refusal of an invalid one."""
        if "json" not in (request.header("content-type") or ""):
            return {}, self.problem(415, "JSON, please")
        try:
            given = orjson.loads(request.body)
        except ValueError:
            return {}, self.problem(400, "That is not JSON")
        if not isinstance(given, dict) or any(name not in given for name in required):
            return {}, self.problem(422, "Something is missing")
        given = {k: v for k, v in given.items() if k not in ("id", "created_at")}
        if any(name not in _WRITABLE or not fits(name, v) for name, v in given.items()):
            return {}, self.problem(422, "Something does not fit")
        return given, None

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """What is remembered of what was given."""
        return dict(given)

    def shown(self, item: dict[str, Any]) -> dict[str, Any]:
        """What is told of what is remembered."""
        return item

    def json(self, status: int, value: Any, request: Request | None = None) -> Response:
        """A JSON answer, without its body for HEAD."""
        head = request is not None and request.method == "HEAD"
        return Response(
            status=status,
            headers=(("Content-Type", "application/json"),),
            body=b"" if head else orjson.dumps(value),
        )

    def problem(self, status: int, title: str, *headers: tuple[str, str]) -> Response:
        """A problem document (RFC 9457)."""
        return Response(
            status=status,
            headers=(("Content-Type", "application/problem+json"), *headers),
            body=orjson.dumps({"title": title, "status": status}),
        )


def fits(name: str, value: Any) -> bool:
    """Whether a writable member obeys ITEMS, by hand: specimens need no validator."""
    match name:
        case "name":
            return isinstance(value, str) and 0 < len(value) <= 200
        case "status":
            return value in _WRITABLE["status"]["enum"]
        case "note":
            return value is None or (isinstance(value, str) and len(value) <= 200)
        case "weight":
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            return number and 0 <= value <= 1000000
        case "labels":
            texts = isinstance(value, list) and all(isinstance(v, str) for v in value)
            return texts and len(value) <= 5 and all(len(v) <= 200 for v in value)
        case "price":
            whole, _, cents = str(value).partition(".")
            digits = (whole + cents).isascii() and (whole + cents).isdigit()
            return isinstance(value, str) and digits and len(cents) == 2 and 0 < len(whole) < 13
        case _:
            return isinstance(value, str) and _is_date_time(value)


def _is_date_time(text: str) -> bool:
    upper = text.upper()
    if len(text) < 20 or upper[10] != "T" or not (upper[-1] == "Z" or upper[-6] in "+-"):
        return False
    try:
        datetime.fromisoformat(upper.replace("Z", "+00:00"))
    except ValueError:
        return False
    return True
