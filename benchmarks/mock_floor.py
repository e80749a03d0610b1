"""
The least that a mock could be in Python: what a request costs where nothing is decided.

    python benchmarks/mock_floor.py PORT

A bare protocol with a parser, a list in memory, and a compiled schema for what comes and goes; by
hand, for one collection. No document is read, nobody is let in or refused, nothing is written down.
``mock_peers.py`` measures it beside the mocks: no mock of ours can be below it.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from urllib.parse import parse_qs

import httptools
import orjson
from jsonschema_rs import Draft202012Validator

PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string", "minLength": 1},
        "tag": {"type": "string"},
    },
}
ONE, MANY = Draft202012Validator(PET), Draft202012Validator({"type": "array", "items": PET})
KEPT: list[dict[str, Any]] = []
HEAD = b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Session(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self.parser = httptools.HttpRequestParser(self)
        self.body = self.url = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_begin(self) -> None:
        self.body = self.url = b""

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        status, value = self.made() if self.parser.get_method() == b"POST" else self.listed()
        told = orjson.dumps(value)
        self.transport.write(HEAD % (status, len(told)) + told)  # type: ignore[attr-defined]

    def made(self) -> tuple[int, Any]:
        pet = orjson.loads(self.body)
        if not ONE.is_valid(pet):
            return 422, {}
        KEPT.append({"id": str(len(KEPT)), **pet})
        return (201, KEPT[-1]) if ONE.is_valid(KEPT[-1]) else (500, {})

    def listed(self) -> tuple[int, Any]:
        query = parse_qs(self.url.partition(b"?")[2].decode())
        page = KEPT[: int(query.get("limit", ["20"])[0])]
        return (200, page) if MANY.is_valid(page) else (500, [])


async def main(port: int) -> None:
    """Serve until it is killed."""
    server = await asyncio.get_running_loop().create_server(Session, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("skipped: mock_peers.py runs this")
        sys.exit()
    asyncio.run(main(int(sys.argv[1])))
