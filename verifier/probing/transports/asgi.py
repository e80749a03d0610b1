"""An ASGI application as a vendor, called directly: no socket, no server."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from verifier.model import (
    Failure,
    FailureKind,
    Outgoing,
    Reply,
    Response,
    Timing,
    TlsFacts,
)

__all__ = ["AsgiTransport"]

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]


class AsgiTransport:
    """
    Implements the port ``Transport`` on an ASGI 3 application.

    An exception in the application is the 500 that a server would make of it.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def send(self, outgoing: Outgoing) -> Reply:
        """Call the application once."""
        started = time.perf_counter()
        messages: list[Message] = []
        asked = False

        async def receive() -> Message:
            nonlocal asked
            if asked:
                return {"type": "http.disconnect"}
            asked = True
            return {"type": "http.request", "body": outgoing.body, "more_body": False}

        async def tell(message: Message) -> None:
            messages.append(message)

        try:
            await self._application(_scope(outgoing), receive, tell)
        except Exception as error:  # noqa: BLE001  (what a server answers with 500)
            body = f"Internal Server Error ({type(error).__name__})".encode()
            return Reply(response=Response(status=500, body=body, size_bytes=len(body)))
        return _reply(messages, time.perf_counter() - started)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """Call the application for each, one after the other: in process nothing overlaps."""
        return tuple([await self.send(one) for one in outgoing])

    async def abandon(self, outgoing: Outgoing) -> Reply:
        """Call the application, and drop its answer."""
        await self.send(outgoing)
        says = "we cut the connection once the request was on the wire"
        return Reply(failure=Failure(kind=FailureKind.ABANDONED, says=says, phase="wait"))

    async def inspect(self, url: str) -> TlsFacts:
        """There is no wire, so there is no TLS."""
        return TlsFacts(secure=False, says="in process")

    async def close(self) -> None:
        """Nothing to give back."""


def _scope(outgoing: Outgoing) -> Message:
    parts = urlsplit(outgoing.url)
    host = parts.hostname or "localhost"
    headers = [(k.lower().encode("latin-1"), v.encode("utf-8")) for k, v in outgoing.headers]
    named = {name for name, _ in headers}
    if b"host" not in named:
        headers.insert(0, (b"host", parts.netloc.encode()))
    if outgoing.body and b"content-length" not in named:
        headers.append((b"content-length", str(len(outgoing.body)).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": outgoing.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path) or "/",
        "raw_path": (parts.path or "/").encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": (host, parts.port or 80),
    }


def _reply(messages: list[Message], seconds: float) -> Reply:
    start = next((m for m in messages if m["type"] == "http.response.start"), None)
    if start is None:
        failure = Failure(kind=FailureKind.CLOSED, says="it did not answer", phase="wait")
        return Reply(failure=failure, timing=Timing(total_seconds=seconds))
    body = b"".join(m.get("body", b"") for m in messages if m["type"] == "http.response.body")
    headers = tuple(
        (name.decode("latin-1"), value.decode("utf-8", "replace"))
        for name, value in start.get("headers", ())
    )
    response = Response(status=start["status"], headers=headers, body=body, size_bytes=len(body))
    return Reply(
        response=response, timing=Timing(first_byte_seconds=seconds, total_seconds=seconds)
    )
