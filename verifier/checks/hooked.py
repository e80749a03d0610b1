"""The smallest vendor that tells of every new item: signed, again until it is heard, and truly."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Any

import orjson

from verifier.checks.specimens import ITEMS, Shelf, document
from verifier.model import Request, Response

__all__ = ["HOOKED", "Hooked"]

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef01234567").decode()
WAITS = (0.0, 5.0, 300.0)
_ADDRESS = {"type": "string", "format": "uri"}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _hooked() -> dict[str, Any]:
    hook = {
        "type": "object",
        "required": ["id", "url"],
        "properties": {"id": {"type": "string", "readOnly": True}, "url": _ADDRESS},
    }
    new = {"type": "object", "required": ["url"], "properties": {"url": _ADDRESS}}
    event = {
        "type": "object",
        "required": ["id", "type", "data"],
        "properties": {
            "id": {"type": "string"},
            "type": {"type": "string", "enum": ["item.created"]},
            "data": {"$ref": "#/components/schemas/Item"},
        },
    }
    made = {"201": {"description": "Made.", **_json(hook)}}
    gone = {"204": {"description": "Gone."}}
    parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    paths = {
        **ITEMS["paths"],
        "/webhooks": {
            "post": {
                "operationId": "createWebhook",
                "requestBody": {"required": True, **_json(new)},
                "responses": made,
            },
        },
        "/webhooks/{id}": {
            "parameters": [parameter],
            "delete": {"operationId": "deleteWebhook", "responses": gone},
        },
    }
    told = {"requestBody": _json(event), "responses": {"200": {"description": "Heard."}}}
    return document(paths=paths, webhooks={"item.created": {"post": told}})


HOOKED = _hooked()


class Hooked(Shelf):
    """Tells all who want to hear of each item, as Standard Webhooks say."""

    deliver: Callable[..., int] | None = None
    now: Callable[[], float] = staticmethod(lambda: 0.0)

    def __init__(self) -> None:
        super().__init__()
        self.hooks: dict[str, str] = {}
        self.told = 0

    def answer(self, request: Request) -> Response:
        """Addresses beside items."""
        if not request.path.startswith("/webhooks") or not self.admits(request):
            return super().answer(request)
        if request.method == "DELETE":
            self.hooks.pop(request.path.rpartition("/")[2], None)
            return Response(status=204)
        id = f"wh_{len(self.hooks) + 1:06d}"
        self.hooks[id] = orjson.loads(request.body)["url"]
        return self.json(201, {"id": id, "url": self.hooks[id], "secret": SECRET})

    def create(self, request: Request) -> Response:
        """Keep it, and tell of it."""
        done = super().create(request)
        if done.status == 201:
            self.announce(orjson.loads(done.body))
        return done

    def announce(self, item: dict[str, Any]) -> None:
        """Each address is told, until it has heard."""
        self.told += 1
        body = self.payload(f"evt_{self.told:06d}", item)
        for url in self.hooks.values():
            self.tell(url, f"evt_{self.told:06d}", body)

    def tell(self, url: str, id: str, body: bytes) -> None:
        """Try three times."""
        at = self.now()
        for number, wait in enumerate(self.waits()):
            at += wait
            headers = self.headers(self.id_of(id, number), int(at), body)
            if self.heard(self.deliver(url, body, headers, received=at) if self.deliver else 0):
                return

    def waits(self) -> tuple[float, ...]:
        """Seconds before each attempt."""
        return WAITS

    def id_of(self, id: str, number: int) -> str:
        """The id of an attempt is that of its event."""
        return id

    def heard(self, status: int) -> bool:
        """Only 2xx is success."""
        return 200 <= status < 300

    def payload(self, id: str, item: dict[str, Any]) -> bytes:
        """The event as the document has it."""
        return orjson.dumps({"id": id, "type": "item.created", "data": item})

    def headers(self, id: str, at: int, body: bytes) -> tuple[tuple[str, str], ...]:
        """Who, when, and the proof of both."""
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        signed = hmac.new(key, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
        return (
            ("webhook-id", id),
            ("webhook-timestamp", str(at)),
            ("webhook-signature", f"v1,{base64.b64encode(signed).decode()}"),
        )
