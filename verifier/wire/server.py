"""A server for our own vendors: HTTP/1.1 on asyncio, one handler, nothing in between."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

import httptools

from verifier.model import Headers

__all__ = ["Answer", "Incoming", "Server", "serve", "serve_in_thread"]

MOST_HEADER_BYTES = 64 * 1024
MOST_BODY_BYTES = 16 * 1024 * 1024
IDLE_SECONDS = 30.0
REASONS = {status.value: status.phrase for status in HTTPStatus}


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request as it arrived; ``target`` is path and query as in the request line."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    received: float = 0.0

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    What to send.

    Args:
        cut_after_bytes: Send only so many bytes of it and reset the connection; -1 sends all.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    reason: str = ""
    cut_after_bytes: int = -1


Handler = Callable[[Incoming], Answer | Awaitable[Answer]]


@dataclass(slots=True)
class Server:
    """A server that listens. ``await close()`` ends it."""

    host: str
    port: int
    _server: asyncio.Server
    _connections: set[_Connection]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.host}:{self.port}"

    async def close(self) -> None:
        """Stop listening and cut what is still open."""
        self._server.close()
        for connection in list(self._connections):
            connection.end()
        await self._server.wait_closed()


async def serve(handler: Handler, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Listen; port 0 takes a free one."""
    connections: set[_Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(handler, connections), host, port)
    taken = server.sockets[0].getsockname()[1]
    return Server(host=host, port=taken, _server=server, _connections=connections)


@contextmanager
def serve_in_thread(handler: Handler, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
    """Serve from a thread of its own while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="verifier-server", daemon=True)
    thread.start()
    try:
        server = asyncio.run_coroutine_threadsafe(serve(handler, host, port), loop).result(10)
        try:
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


class _Connection(asyncio.Protocol):
    """One client: requests in, answers out in the same order."""

    def __init__(self, handler: Handler, connections: set[_Connection]) -> None:
        self._handler = handler
        self._connections = connections
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpRequestParser(self)
        self._worker: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._reset()

    def _reset(self) -> None:
        self._url = b""
        self._headers: list[tuple[str, str]] = []
        self._body = bytearray()
        self._size = 0

    def end(self) -> None:
        """Close the connection."""
        if self._worker is not None:
            self._worker.cancel()
        if self._transport is not None:
            self._transport.close()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Join the open connections."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (asyncio's own promise)
        self._transport = transport
        self._connections.add(self)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave them."""
        self._connections.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        if self._worker is not None:
            self._worker.cancel()

    def data_received(self, data: bytes) -> None:
        """Feed the parser; what is no HTTP is refused."""
        self._size += len(data)
        if self._size > MOST_HEADER_BYTES + MOST_BODY_BYTES:
            self._refuse(413)
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._refuse(400)
        except httptools.HttpParserError:
            self._refuse(400)

    # httptools

    def on_message_begin(self) -> None:
        """A request begins."""
        self._reset()

    def on_url(self, url: bytes) -> None:
        """Collect the target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header as it came."""
        self._headers.append((name.decode("latin-1"), value.decode("utf-8", "replace")))
        if name.lower() == b"expect" and self._transport is not None:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        """Collect the body."""
        self._body += body

    def on_message_complete(self) -> None:
        """Answer, at once where nothing is to be waited for."""
        incoming = Incoming(
            method=self._parser.get_method().decode("latin-1"),
            target=self._url.decode("latin-1"),
            headers=tuple(self._headers),
            body=bytes(self._body),
            received=time.time(),
        )
        self._size = 0
        answer = self._handler(incoming)
        if isinstance(answer, Answer):
            self._send(incoming, answer)
        else:
            self._worker = asyncio.ensure_future(self._later(incoming, answer))

    async def _later(self, incoming: Incoming, answer: Awaitable[Answer]) -> None:
        self._send(incoming, await answer)

    def _send(self, incoming: Incoming, answer: Answer) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        keep = self._parser.should_keep_alive()
        data = _bytes(incoming, answer, keep)
        if answer.cut_after_bytes >= 0:
            self._transport.write(data[: answer.cut_after_bytes])
            self._cut()
            return
        self._transport.write(data)
        if not keep:
            self._transport.close()
        self._watch()

    def _refuse(self, status: int) -> None:
        if self._transport is not None:
            head = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Length: 0\r\n"
            self._transport.write(f"{head}Connection: close\r\n\r\n".encode())
            self._transport.close()

    def _cut(self) -> None:
        if self._transport is None:
            return
        sock = self._transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def _watch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(IDLE_SECONDS, self.end)


def _bytes(incoming: Incoming, answer: Answer, keep: bool) -> bytes:
    given = {name.lower() for name, _ in answer.headers}
    reason = answer.reason or REASONS.get(answer.status, "")
    lines = [f"HTTP/1.1 {answer.status} {reason}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if "date" not in given:
        lines.append(f"Date: {formatdate(usegmt=True)}")
    if "content-length" not in given and answer.status not in (204, 304):
        lines.append(f"Content-Length: {len(answer.body)}")
    if not keep:
        lines.append("Connection: close")
    head = "\r\n".join((*lines, "", "")).encode("utf-8")
    return head if incoming.method == "HEAD" else head + answer.body
