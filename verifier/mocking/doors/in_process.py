"""
The mock as an httpx transport, for sync and async clients: no socket, the same faults.

A client sees what it would see on a wire: httpx's own exceptions, after its own timeouts.
There is no connection, so ``half-close`` shows nothing, and the ledger says so. A silence towards a
client without a read timeout would last for ever: UsageError says that instead.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator

import httpx
from msgspec import Struct

from verifier.errors import UsageError
from verifier.mocking.doors.door import Answering, tell
from verifier.wire import Answer, Delivery, End, Incoming, Part
from verifier.wire.rendering import render

__all__ = ["InProcess"]

Step = float | bytes | Exception
RESET = "[Errno 104] Connection reset by peer"
CLOSED = "Server disconnected without sending a response."
CUT = (
    "peer closed connection without sending complete message body (received {} bytes, expected {})"
)


class InProcess(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """
    Give it to ``httpx.Client`` or ``httpx.AsyncClient``.

    Args:
        pass_time: Lets so many seconds pass where a fault waits; None really waits.
    """

    def __init__(
        self, vendor: Answering, *, pass_time: Callable[[float], object] | None = None
    ) -> None:
        self._vendor = vendor
        self._pass_time = pass_time
        self._down_until = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the mock."""
        request.read()
        way = self._way(request)
        for step in way.head():
            if isinstance(step, float):
                (self._pass_time or time.sleep)(step)
            elif isinstance(step, Exception):
                raise step
        return way.response(_Stream(way, self._pass_time))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the mock."""
        await request.aread()
        way = self._way(request)
        for step in way.head():
            if isinstance(step, float):
                await _wait(step, self._pass_time)
            elif isinstance(step, Exception):
                raise step
        return way.response(_Stream(way, self._pass_time))

    def _way(self, request: httpx.Request) -> _Way:
        if time.monotonic() < self._down_until:
            raise httpx.ConnectError("[Errno 111] Connection refused", request=request)
        answer = self._vendor.answer(
            Incoming(
                method=request.method,
                target=request.url.raw_path.decode("ascii"),
                headers=tuple(
                    (k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers.raw
                ),
                body=request.content,
                received=time.time(),
            )
        )
        if answer.delivery is not None and answer.delivery.refuse_seconds:
            self._down_until = time.monotonic() + answer.delivery.refuse_seconds
        limit = request.extensions.get("timeout", {}).get("read")
        return _Way(request, answer, answer.delivery or Delivery(), limit, time.perf_counter())


class _Way(Struct):
    """One answer on its way: what is waited for, sent and broken off, step by step."""

    request: httpx.Request
    answer: Answer
    delivery: Delivery
    limit: float | None
    began: float
    sent: int = 0

    def head(self) -> Iterator[Step]:
        """What happens until the head is there."""
        delivery = self.delivery
        head, body, _ = render(self.answer, method=self.request.method, keep=True)
        yield from self._pause(delivery.wait_seconds)
        if delivery.part in (Part.HEAD, Part.ALL) and delivery.piece_bytes:
            for _ in range(len(head) // delivery.piece_bytes):
                yield from self._pause(delivery.pause_seconds)
        kept, _ = delivery.sends(len(head), len(body))
        self.sent = kept
        if kept < len(head):
            yield from self._broken_off(CLOSED)

    def body(self) -> Iterator[Step]:
        """What happens to the body."""
        delivery = self.delivery
        head, body, _ = render(self.answer, method=self.request.method, keep=True)
        _, size = delivery.sends(len(head), len(body))
        kept = body[:size]
        in_pieces = delivery.part in (Part.BODY, Part.ALL) and delivery.piece_bytes > 0
        piece_bytes = delivery.piece_bytes if in_pieces else 65536
        for start in range(0, len(kept), piece_bytes):
            piece = kept[start : start + piece_bytes]
            self.sent += len(piece)
            yield piece
            if in_pieces:
                yield from self._pause(delivery.pause_seconds)
        promised = self._promised(len(body))
        if size < promised and self.request.method != "HEAD":
            yield from self._broken_off(CUT.format(len(kept), promised))
        note = "half-closing needs a socket" if delivery.end is End.HALF else ""
        self._over(whole=True, note=note)

    def response(self, stream: _Stream) -> httpx.Response:
        """The answer as httpx has it."""
        head, _, _ = render(self.answer, method=self.request.method, keep=True)
        first, *lines = head.decode("utf-8", "surrogateescape").split("\r\n")
        pairs = [line.partition(": ")[::2] for line in lines if line]
        return httpx.Response(
            self.answer.status,
            headers=[(k.encode("latin-1"), v.encode("utf-8", "surrogateescape")) for k, v in pairs],
            stream=stream,
            request=self.request,
            extensions={
                "http_version": b"HTTP/1.1",
                "reason_phrase": first.split(" ", 2)[2].encode("latin-1", "replace"),
            },
        )

    def _promised(self, body_bytes: int) -> int:
        said = (v for k, v in self.answer.headers if k.lower() == "content-length")
        value = next(said, "")
        return int(value) if value.isdecimal() and body_bytes else body_bytes

    def _pause(self, seconds: float) -> Iterator[Step]:
        if seconds <= 0:
            return
        if self.limit is not None and seconds > self.limit:
            yield self.limit
            yield self._ended(httpx.ReadTimeout("timed out", request=self.request))
        yield seconds

    def _broken_off(self, says: str) -> Iterator[Step]:
        """The end of the connection, as it is seen within an answer."""
        if self.delivery.end is End.SILENCE:
            if self.limit is None:
                yield UsageError(
                    "the mock says nothing, and the client has no read timeout: it waits for ever",
                    mend="Give the client a timeout; that it has none is what this fault shows.",
                )
                return
            yield self.limit
            yield self._ended(httpx.ReadTimeout("timed out", request=self.request))
        elif self.delivery.end is End.RESET:
            yield self._ended(httpx.ReadError(RESET, request=self.request))
        else:
            yield self._ended(httpx.RemoteProtocolError(says, request=self.request))

    def _ended(self, error: Exception) -> Exception:
        self._over(whole=False)
        return error

    def _over(self, *, whole: bool, note: str = "") -> None:
        tell(self.delivery, self.sent, time.perf_counter() - self.began, whole=whole, note=note)


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body, as its steps have it."""

    def __init__(self, way: _Way, pass_time: Callable[[float], object] | None) -> None:
        self._way = way
        self._pass_time = pass_time

    def __iter__(self) -> Iterator[bytes]:
        for step in self._way.body():
            if isinstance(step, float):
                (self._pass_time or time.sleep)(step)
            elif isinstance(step, Exception):
                raise step
            else:
                yield step

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for step in self._way.body():
            if isinstance(step, float):
                await _wait(step, self._pass_time)
            elif isinstance(step, Exception):
                raise step
            else:
                yield step


async def _wait(seconds: float, pass_time: Callable[[float], object] | None) -> None:
    if pass_time is None:
        await asyncio.sleep(seconds)
    else:
        pass_time(seconds)
