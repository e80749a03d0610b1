"""Ways in: a socket, an ASGI application, a server in a thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from verifier.mocking.vendor import MockVendor
from verifier.wire import Incoming, Server, serve, serve_in_thread

__all__ = ["asgi", "running", "serve_mock"]

Application = Callable[[Any, Any, Any], Awaitable[None]]


async def serve_mock(vendor: MockVendor, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Serve a mock from this event loop."""
    return await serve(vendor.answer, host, port)


@contextmanager
def running(vendor: MockVendor, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve a mock from a thread while the block runs; gives its address."""
    with serve_in_thread(vendor.answer, host, port) as server:
        yield server.url


def asgi(vendor: MockVendor) -> Application:
    """The mock as an ASGI application."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        query = scope["query_string"].decode("latin-1")
        target = scope.get("raw_path", scope["path"].encode()).decode("latin-1")
        answer = vendor.answer(
            Incoming(
                method=scope["method"],
                target=f"{target}?{query}" if query else target,
                headers=tuple(
                    (k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"]
                ),
                body=body,
            )
        )
        headers = [(k.encode("latin-1"), v.encode("utf-8")) for k, v in answer.headers]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        shown = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": shown})

    return application


async def _live(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
