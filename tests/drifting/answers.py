"""A listing of orders, and what its vendor answers."""

import orjson

from verifier.drifting import observe
from verifier.loading import from_mapping
from verifier.model import Exchange, Request, Response

ORDER = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": "integer"},
        "status": {"type": "string", "enum": ["open", "sold"]},
        "mode": {"type": "string"},
        "placed": {"type": "string", "format": "date-time"},
        "shipped": {"type": "string"},
        "note": {"type": ["string", "null"]},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "extra": {},
    },
}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Orders", "version": "1"},
    "paths": {
        "/orders": {
            "get": {
                "responses": {
                    "200": {
                        "description": "Orders.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {"data": {"type": "array", "items": ORDER}},
                                }
                            }
                        },
                    }
                }
            }
        }
    },
}
CONTRACT = from_mapping(DOCUMENT)
SOUND = {"id": 1, "status": "open", "mode": "fast", "shipped": "2027-01-01", "extra": 1}


def answer(*orders, status=200, kind="application/json", started=1798761600.0, body=None):
    raw = orjson.dumps({"data": list(orders)}) if body is None else body
    return Exchange(
        id="x1",
        request=Request(method="GET", path="/orders", operation="GET /orders"),
        response=Response(status=status, headers=(("content-type", kind),), body=raw),
        started=started,
    )


def seen(*exchanges):
    return observe(CONTRACT, exchanges)
