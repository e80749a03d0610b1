"""One client of our server: requests in, answers out in the same order."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable

import httptools

from verifier.wire.alarm import Alarm
from verifier.wire.answer import field_of
from verifier.wire.bounds import Bounds
from verifier.wire.delivering import Delivering
from verifier.wire.delivery import Delivery, End
from verifier.wire.incoming import Answer, Handler, Incoming
from verifier.wire.outlet import Outlet, Outlets
from verifier.wire.rendering import render

__all__ = ["Session"]

MOST_PIPELINED = 64
DRAIN_SECONDS = 1.0
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
REQUEST_LINE = re.compile(rb"(?:^|\n)[A-Za-z-]+ \S+ HTTP/1\.[01]\r?\n")
log = logging.getLogger(__name__)


class Session(asyncio.Protocol):
    """
    Serves one connection.

    Args:
        alive: The set that it belongs to from when it is connected until it is lost.
        outlets: What goes out together with what others of the server say.
        refuse: Lets the server refuse connections for so many seconds.
        welcome: Whether the server still takes clients.
    """

    def __init__(
        self,
        handler: Handler,
        bounds: Bounds,
        alive: set[Session],
        outlets: Outlets,
        refuse: Callable[[float], None],
        welcome: Callable[[], bool],
    ) -> None:
        self._handler = handler
        self._bounds = bounds
        self._alive = alive
        self._outlets = outlets
        self._refuse_connections = refuse
        self._welcome = welcome
        self._loop = asyncio.get_running_loop()
        self._alarm = Alarm(self._loop, self._expire)
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._outlet: Outlet | None = None
        self._peer = ""
        self._worker: asyncio.Task[None] | None = None
        self._delivering: Delivering | None = None
        self._waiting: deque[tuple[Incoming, bool]] = deque()
        self._refusal = 0
        self._ended = False
        self._owed = 0
        self._method = ""
        self._keep = False
        self._within = self._heading = self._fresh = False
        self._url = b""
        self._headers: list[tuple[str, str]] = []
        self._head_bytes = self._raw_head_bytes = 0
        self._body: list[bytes] = []
        self._body_bytes = 0

    def end(self) -> None:
        """Give up on this client."""
        if self._worker is not None:
            self._worker.cancel()
        self._flush()
        if self._transport is not None:
            self._transport.abort()

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Join the living; whoever was on the way in when the door was shut is sent off."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (asyncio's own promise)
        self._transport = transport
        self._outlet = Outlet(transport, self._outlets)
        if not self._welcome():
            transport.abort()
        peer = transport.get_extra_info("peername")
        self._peer = f"{peer[0]}:{peer[1]}" if peer else ""
        self._alive.add(self)
        self._alarm.set(time.perf_counter() + self._bounds.idle_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave them. Work that has begun goes on: a vendor does not unwind what it began."""
        self._ended = True
        self._alive.discard(self)
        self._alarm.stop()
        self._waiting.clear()
        if self._delivering is not None:
            self._delivering.lost()

    def eof_received(self) -> bool:
        """A client that has said everything may still listen for what was begun."""
        self._ended = True
        self._flush()
        if self._delivering is not None:
            self._delivering.left()
        return self._worker is not None

    def pause_writing(self) -> None:
        """A client that does not read is not read."""
        if self._transport is not None:
            self._transport.pause_reading()
        if self._delivering is not None:
            self._delivering.hold(True)

    def resume_writing(self) -> None:
        """It has read."""
        if self._delivering is not None:
            self._delivering.hold(False)
        if self._transport is not None and not self._waiting:
            self._transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        """Feed the parser; what is no HTTP is refused."""
        if self._ended or self._refusal:
            return
        if self._owed:
            data = self._take_owed(data)
        try:
            self._feed(data)
        except httptools.HttpParserInvalidMethodError:
            self._refuse(501 if REQUEST_LINE.search(data) else 400)  # RFC 9110, 9.1
        except httptools.HttpParserError:
            self._refuse(400)
        if self._within:
            self._check_head(len(data))

    def _feed(self, data: bytes) -> None:
        while data:
            try:
                self._parser.feed_data(data)
                return
            except httptools.HttpParserUpgrade as stop:
                # Nothing is upgraded to here, which a server may decide (RFC 9110, 7.8). The parser
                # leaves off after the head, so the body is counted by hand.
                self._parser = httptools.HttpRequestParser(self)
                data = self._take_owed(data[stop.args[0] :])

    def _check_head(self, more_bytes: int) -> None:
        """Bound a head that never ends, and give a request that has begun a deadline."""
        if self._fresh:
            self._fresh = False
            self._alarm.set(time.perf_counter() + self._bounds.request_seconds)
        elif self._heading:
            self._raw_head_bytes += more_bytes
        if max(self._raw_head_bytes, self._head_bytes) > self._bounds.most_header_bytes:
            self._refuse(431)

    # httptools

    def on_message_begin(self) -> None:
        """A request begins."""
        self._within = self._heading = self._fresh = True
        self._url = b""
        self._headers = []
        self._head_bytes = self._raw_head_bytes = 0
        self._body = []
        self._body_bytes = 0

    def on_url(self, url: bytes) -> None:
        """Collect the target."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header as it came; what comes after the body is a trailer and left out."""
        if self._heading:
            self._headers.append(field_of(name, value))
            self._head_bytes += len(name) + len(value) + 4

    def on_headers_complete(self) -> None:
        """Refuse what is too large before it is read; tell those to go on who wait for it."""
        self._heading = False
        if self._refusal or self._ended:
            return
        self._method = self._parser.get_method().decode("latin-1")
        self._keep = self._parser.should_keep_alive()
        if self._head_bytes + len(self._url) > self._bounds.most_header_bytes:
            self._refuse(431)
            return
        length, expects = self._announced()
        if length > self._bounds.most_body_bytes:
            self._refuse(413)
        elif self._parser.should_upgrade():
            self._owed = length
        elif expects and self._worker is None:
            self._write(CONTINUE)

    def _announced(self) -> tuple[int, bool]:
        """The length of the body to come, and whether the client waits to be told to send it."""
        length, expects = 0, False
        for name, value in self._headers:
            if len(name) == 14 and name.lower() == "content-length":
                length = int(value)  # the parser has seen to it that it is a number
            elif len(name) == 6 and name.lower() == "expect":
                expects = value.lower() == "100-continue"
        return length, expects

    def on_body(self, body: bytes) -> None:
        """Collect the body."""
        self._body_bytes += len(body)
        if self._body_bytes > self._bounds.most_body_bytes:
            self._refuse(413)
        else:
            self._body.append(body)

    def on_message_complete(self) -> None:
        """Answer, at once where nothing else is under way."""
        if self._refusal or self._ended or self._owed:
            return
        self._within = False
        incoming = Incoming(
            method=self._method,
            target=self._url.decode("latin-1"),
            headers=tuple(self._headers),
            body=self._body[0] if len(self._body) == 1 else b"".join(self._body),
            peer=self._peer,
            received=time.time(),
        )
        if self._worker is None and not self._waiting:
            self._handle(incoming, self._keep)
            return
        self._waiting.append((incoming, self._keep))
        if len(self._waiting) >= MOST_PIPELINED and self._transport is not None:
            self._transport.pause_reading()

    def _take_owed(self, data: bytes) -> bytes:
        """Collect the body of a request whose upgrade is passed over; gives what follows it."""
        if not self._owed:
            return data
        part, rest = data[: self._owed], data[self._owed :]
        self._owed -= len(part)
        self._body.append(part)
        if not self._owed:
            self.on_message_complete()
        return rest

    # Answers

    def _handle(self, incoming: Incoming, keep: bool) -> None:
        try:
            answer = self._handler(incoming)
        except Exception:  # noqa: BLE001  (whatever a handler does, its client gets an answer)
            answer, keep = self._broken(incoming), False
        if isinstance(answer, Answer):
            self._send(incoming, answer, keep)
            return
        self._alarm.clear()
        self._worker = self._loop.create_task(self._wait_for(incoming, answer, keep))

    async def _wait_for(self, incoming: Incoming, answer: Awaitable[Answer], keep: bool) -> None:
        try:
            answered = await answer
        except Exception:  # noqa: BLE001  (as above)
            answered, keep = self._broken(incoming), False
        self._worker = None
        self._send(incoming, answered, keep and not self._ended)
        self._go_on()

    def _go_on(self) -> None:
        """Answer what came meanwhile."""
        while self._waiting and self._worker is None:
            self._handle(*self._waiting.popleft())
        if self._transport is not None and not self._waiting:
            self._transport.resume_reading()
        if self._refusal:
            self._refuse_in_turn()

    def _broken(self, incoming: Incoming) -> Answer:
        """A fault of the handler is the server's: 500 to the client, the traceback to the log."""
        log.exception("answering %s %s failed", incoming.method, incoming.target)
        return Answer(status=500)

    def _send(self, incoming: Incoming, answer: Answer, keep: bool) -> None:
        if self._transport is None or self._outlet is None or self._transport.is_closing():
            return
        try:
            head, body, keep = render(answer, method=incoming.method, keep=keep)
        except Exception:  # noqa: BLE001  (as above: an answer may be none that can be sent)
            answer = self._broken(incoming)
            head, body, keep = render(answer, method=incoming.method, keep=False)
        if answer.delivery is not None:
            self._alarm.clear()
            self._flush()
            delivered = self._deliver(self._transport, answer.delivery, head, body, keep)
            self._worker = self._loop.create_task(delivered)
            return
        self._outlet.say(head + body)
        self._settle(keep)

    def _settle(self, keep: bool) -> None:
        """After an answer: wait for the next request, or say farewell."""
        if keep:
            self._alarm.set(time.perf_counter() + self._bounds.idle_seconds)
        else:
            self._flush()
            self._finish()

    async def _deliver(
        self,
        transport: asyncio.Transport,
        delivery: Delivery,
        head: bytes,
        body: bytes,
        keep: bool,
    ) -> None:
        """Send an answer as it is to be sent, and go on if anything can follow it."""
        self._delivering = Delivering(transport, delivery, self._bounds.silence_seconds)
        await self._delivering.run(head, body)
        self._delivering = self._worker = None
        if delivery.refuse_seconds:
            self._refuse_connections(delivery.refuse_seconds)
        if delivery.end is End.KEEP:
            self._settle(keep and not self._ended)
            self._go_on()
            return
        self._ended = True
        self._waiting.clear()
        if delivery.end is End.HALF and _half_closed(transport):
            self._alarm.set(time.perf_counter() + self._bounds.idle_seconds)
        else:
            transport.close()

    def _refuse(self, status: int) -> None:
        """End the conversation with an error, after what is still to be answered."""
        if not self._refusal and not self._ended:
            self._refusal = status
            self._within = False
            self._refuse_in_turn()

    def _refuse_in_turn(self) -> None:
        if self._worker is None and not self._waiting and not self._ended:
            self._write(render(Answer(status=self._refusal), method="", keep=False)[0])
            self._finish()

    def _finish(self) -> None:
        """
        Close once the client has had the chance to read the last answer (RFC 9112, 9.6).

        To close while it still sends would reset the connection, and take the answer from it.
        """
        listening, self._ended = not self._ended, True
        self._waiting.clear()
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        if listening and _half_closed(transport):
            self._alarm.set(time.perf_counter() + DRAIN_SECONDS)
        else:
            transport.close()

    def _flush(self) -> None:
        """Write what waits for the end of the turn, before anything else is done."""
        if self._outlet is not None:
            self._outlet.flush()

    def _write(self, data: bytes) -> None:
        self._flush()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def _expire(self) -> None:
        """A deadline has passed: of a request under way, between requests, or at the end."""
        if self._within and not self._ended:
            self._refuse(408)
        else:
            self.end()


def _half_closed(transport: asyncio.Transport) -> bool:
    """Say that nothing more comes; False where there is nobody left to be told."""
    if transport.is_closing() or not transport.can_write_eof():
        return False
    try:
        transport.write_eof()
    except OSError:  # reset by the client, which the loop has not heard of yet
        return False
    return True
