"""
The mock as an ASGI application.

An application speaks through a server, so not every fault can be shown. Waits and pieces are (a
head in pieces comes late as a whole). A body that breaks off is, since servers end the connection
of an application that returns too early; whether in order or with a reset is the server's choice.
A silence lasts until the client leaves. What ends the connection without a byte of an answer cannot
be shown: 501 says so, and so does the ledger.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from verifier.mocking.doors.door import Answering, tell
from verifier.wire import Answer, Delivery, End, Incoming, Part

__all__ = ["Application", "asgi"]

Application = Callable[[Any, Any, Any], Awaitable[None]]
PassTime = Callable[[float], Awaitable[None]]
BODILESS = frozenset({204, 304})
CANNOT = "an ASGI application cannot end its connection without an answer: listen on a socket"


def asgi(vendor: Answering, *, pass_time: PassTime | None = None) -> Application:
    """
    The mock as an ASGI application.

    Args:
        pass_time: Lets so many seconds pass where an answer takes a while, once all that came with
            its request was taken in; None really waits.
    """

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            raise NotImplementedError(f"a mock vendor does not speak {scope['type']}")
        incoming = await _read(scope, receive)
        await _Telling(incoming, receive, send, pass_time).tell(vendor.answer(incoming))

    return application


class _Telling:
    """One answer on its way."""

    def __init__(
        self, incoming: Incoming, receive: Any, send: Any, pass_time: PassTime | None
    ) -> None:
        self._pass_time = pass_time
        self._bodiless = incoming.method == "HEAD"
        self._receive = receive
        self._send = send
        self._began = time.perf_counter()
        self._sent = 0
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._left_seconds = -1.0

    async def tell(self, answer: Answer) -> None:
        delivery = answer.delivery
        body = b"" if self._bodiless or answer.status in BODILESS else answer.body
        if delivery is None:
            await self._start(answer, len(answer.body))
            await self._more(body, last=True)
            return
        listening = asyncio.create_task(self._listen())
        try:
            await self._deliver(answer, delivery, body)
        finally:
            listening.cancel()

    async def _deliver(self, answer: Answer, delivery: Delivery, body: bytes) -> None:
        await self._pass(delivery.wait_seconds)
        nothing, kept = _kept(delivery, body)
        if nothing:
            await self._say_nothing(delivery)
            return
        await self._whole_or_part(answer, delivery, body, kept)

    async def _whole_or_part(
        self, answer: Answer, delivery: Delivery, body: bytes, kept: bytes
    ) -> None:
        if delivery.part in (Part.HEAD, Part.ALL) and delivery.piece_bytes:
            head_bytes = sum(len(name) + len(value) + 4 for name, value in answer.headers)
            await self._pass(head_bytes // delivery.piece_bytes * delivery.pause_seconds)
        await self._start(answer, len(answer.body))
        in_pieces = delivery.part in (Part.BODY, Part.ALL) and delivery.piece_bytes
        for piece in _pieces(kept, delivery.piece_bytes if in_pieces else 65536):
            await self._more(piece, last=False)
            if in_pieces:
                await self._pass(delivery.pause_seconds)
        broken = _breaks(answer, delivery, body, kept)
        if delivery.end is End.SILENCE:
            await self._gone
        elif not broken:
            await self._more(b"", last=True)
        note = "half-closing needs a socket" if delivery.end is End.HALF else ""
        self._over(delivery, whole=not broken, note=note)

    async def _say_nothing(self, delivery: Delivery) -> None:
        if delivery.end is End.SILENCE:
            await self._gone
            self._over(delivery, whole=False)
            return
        await self._start(
            Answer(status=501, headers=(("Content-Type", "text/plain"),)), len(CANNOT)
        )
        await self._more(CANNOT.encode(), last=True)
        self._over(delivery, whole=False, note=f"not shown: {CANNOT}")

    async def _start(self, answer: Answer, body_bytes: int) -> None:
        headers = [(k.encode("latin-1"), v.encode("utf-8")) for k, v in answer.headers]
        if answer.status not in BODILESS and not _has_length(answer):
            headers.append((b"Content-Length", str(body_bytes).encode()))
        await self._send(
            {"type": "http.response.start", "status": answer.status, "headers": headers}
        )

    async def _more(self, body: bytes, *, last: bool) -> None:
        self._sent += len(body)
        await self._send({"type": "http.response.body", "body": body, "more_body": not last})

    async def _listen(self) -> None:
        """Hear of it when the client leaves."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._left_seconds = time.perf_counter() - self._began
        self._gone.set_result(None)

    async def _pass(self, seconds: float) -> None:
        if seconds <= 0:
            return
        if self._pass_time is None:
            await asyncio.wait([self._gone], timeout=seconds)
            return
        await asyncio.sleep(0)
        await self._pass_time(seconds)

    def _over(self, delivery: Delivery, *, whole: bool, note: str = "") -> None:
        seconds = time.perf_counter() - self._began
        left = self._left_seconds
        tell(delivery, self._sent, seconds, whole=whole, left_seconds=left, note=note)


def _kept(delivery: Delivery, body: bytes) -> tuple[bool, bytes]:
    """Whether nothing is to be sent, and what of the body is."""
    if delivery.stop_after_bytes >= 0:
        # Where the head breaks off, or the body right after it, nothing can be made of it here.
        return True, b""
    _, body_bytes = delivery.sends(0, len(body))
    return False, body[:body_bytes]


def _breaks(answer: Answer, delivery: Delivery, body: bytes, kept: bytes) -> bool:
    promised = next((v for k, v in answer.headers if k.lower() == "content-length"), "")
    short = promised.isdecimal() and int(promised) > len(kept) and bool(body)
    return len(kept) < len(body) or (short and delivery.end is not End.KEEP)


def _has_length(answer: Answer) -> bool:
    return any(k.lower() in ("content-length", "transfer-encoding") for k, _ in answer.headers)


def _pieces(data: bytes, size_bytes: int) -> Iterator[bytes]:
    for start in range(0, len(data), size_bytes):
        yield data[start : start + size_bytes]


async def _read(scope: Any, receive: Any) -> Incoming:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    query = scope["query_string"].decode("latin-1")
    target = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    client = scope.get("client")
    return Incoming(
        method=scope["method"],
        target=f"{target}?{query}" if query else target,
        headers=tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in scope["headers"]),
        body=body,
        peer=f"{client[0]}:{client[1]}" if client else "",
        received=time.time(),
    )


async def _live(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
