"""One client connection: a request's bytes out, one Reply back, whatever the server does."""

from __future__ import annotations

import asyncio
import select
import time
from typing import Any

import httptools

from verifier.model import Failure, FailureKind, Reply, Response, Timing
from verifier.wire.alarm import Alarm
from verifier.wire.answer import AnswerParser
from verifier.wire.body import Wrong
from verifier.wire.cut import reset

__all__ = ["Connection"]

KEPT_RECEIVED_BYTES = 4096
TLS_ALERT = b"\x15\x03"


class Connection(asyncio.Protocol):
    """
    Carries one exchange at a time; each ends with a Reply, never with an exception.

    Args:
        alive: The set that it belongs to from when it is connected until it is lost.
        as_sent: Whether bodies are kept as they are on the wire, and whole.
    """

    def __init__(self, alive: set[Connection], *, as_sent: bool = False) -> None:
        self._alive = alive
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._reply: asyncio.Future[Reply] | None = None
        self._parser = AnswerParser(as_sent=as_sent)
        self._received: list[bytes] = []
        self._received_bytes = 0
        self._blocked = False
        self._handed_over = False
        self._flushed: asyncio.Future[None] | None = None
        self._alarm = Alarm(self._loop, self._expire)
        self._timeout_seconds = 0.0
        self._poll: Any = None
        self._began = self._written_at = self._first_byte_at = -1.0
        self._connected_seconds = -1.0
        self._last = Reply()
        self.closed = False
        self.reusable = True
        self.idle_since = 0.0

    # An exchange

    def ask(
        self,
        method: str,
        data: bytes,
        timeout_seconds: float,
        began: float,
        *,
        connected_seconds: float = -1.0,
        whole: bool = True,
    ) -> asyncio.Future[Reply]:
        """
        Write a request and expect its answer.

        Args:
            began: When the exchange began (perf_counter); ``timeout_seconds`` count from then.
            connected_seconds: How long it took to connect for it; -1 where nothing had to be.
            whole: Whether ``data`` is all of it; else the rest follows with ``more``.
        """
        reply = self._reply = self._loop.create_future()
        self._parser.expect(method)
        if self._received:
            self._received = []
        self._received_bytes = 0
        self._began = began
        self._written_at = self._first_byte_at = -1.0
        self._connected_seconds = connected_seconds
        if self.closed or self._transport is None:
            self._fail(FailureKind.CLOSED, "the server had closed the connection")
            return reply
        self._timeout_seconds = timeout_seconds
        self._alarm.set(began + timeout_seconds)
        self.more(data, whole=whole)
        return reply

    def more(self, data: bytes, *, whole: bool = True) -> None:
        """Write a further part of the request, unless the exchange is over already."""
        if self._reply is None or self._transport is None:
            return
        self._transport.write(data)
        self._handed_over = whole
        if not self._blocked:
            self._note_written()

    async def flush(self) -> None:
        """Until the system has taken every byte, or the exchange is over without."""
        if self._blocked and self._reply is not None:
            self._flushed = self._loop.create_future()
            await self._flushed

    @property
    def transport(self) -> asyncio.Transport | None:
        """The transport beneath, None before it is connected."""
        return self._transport

    @property
    def answered(self) -> bool:
        """Whether a byte of an answer has come."""
        return self._first_byte_at >= 0

    def stale(self) -> bool:
        """
        Whether the server has closed it, or said something unasked, since the last answer.

        The system is asked, not only the event loop: it may know of an end that the loop has not
        been told yet, and a request must not be written into a closed connection.
        """
        if self.closed or not self.reusable or self._transport is None:
            return True
        if self._poll is None:
            sock = self._transport.get_extra_info("socket")
            if sock is None or not hasattr(select, "poll"):
                return False
            self._poll = select.poll()
            self._poll.register(sock.fileno(), select.POLLIN)
        return bool(self._poll.poll(0))

    def drop(self) -> None:
        """Close it without waiting for anything."""
        self.closed = True
        self.reusable = False
        if self._transport is not None:
            self._transport.abort()

    def cut(self, says: str, *, with_reset: bool) -> Reply:
        """Break it off, and say so, unless the server had done that already."""
        if self._reply is not None or self._last.failure is None:
            self._fail(FailureKind.ABANDONED, says, with_reset=with_reset)
        return self._last

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Join the living; hear of every byte that the system does not take at once."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (asyncio's own promise)
        self._transport = transport
        transport.set_write_buffer_limits(high=1, low=0)
        self._alive.add(self)

    def pause_writing(self) -> None:
        """The system does not take more at the moment."""
        self._blocked = True

    def resume_writing(self) -> None:
        """The system has taken everything."""
        self._blocked = False
        self._note_written()
        self._release()

    def data_received(self, data: bytes) -> None:
        """Feed the parser; anything that comes unasked spoils the connection."""
        if self._reply is None:
            self.drop()
            return
        if self._first_byte_at < 0:
            self._first_byte_at = time.perf_counter()
        if self._received_bytes < KEPT_RECEIVED_BYTES:
            self._received.append(data)
            self._received_bytes += len(data)
        try:
            ended = self._parser.feed(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._fail(FailureKind.GARBAGE, self._not_http(error))
            return
        if ended is not None:
            self._end(ended)

    def eof_received(self) -> bool:
        """The server has nothing more to say; connection_lost follows."""
        self.closed = True
        self.reusable = False
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Conclude from what has come so far."""
        self.closed = True
        self.reusable = False
        self._alive.discard(self)
        self._release()
        self._alarm.stop()
        if self._reply is None:
            return
        ended = self._parser.at_end() if exc is None else None
        if ended is not None:
            self._end(ended)
        elif isinstance(exc, ConnectionError):
            self._fail(FailureKind.RESET, f"the server reset the connection{self._progress()}")
        elif exc is not None:
            self._fail(FailureKind.OTHER, f"the connection broke: {exc}")
        else:
            self._fail(FailureKind.CLOSED, f"the server closed the connection{self._progress()}")

    # The end of an exchange

    def _end(self, ended: Response | Wrong) -> None:
        if isinstance(ended, Wrong):
            self._fail(ended.kind, ended.says)
            return
        if self._written_at < 0 or not self._parser.reusable:
            self.reusable = False  # an answer that overtook its request leaves the rest unread
        self._settle(Reply(response=ended, timing=self._timing()))

    def _fail(self, kind: FailureKind, says: str, *, with_reset: bool = False) -> None:
        received = b"".join(self._received)[:KEPT_RECEIVED_BYTES]
        failure = Failure(kind=kind, says=says, phase=self._phase, received=received)
        self._settle(Reply(failure=failure, timing=self._timing()))
        if with_reset and self._transport is not None:
            reset(self._transport)
        self.drop()

    def _settle(self, reply: Reply) -> None:
        waiting, self._reply, self._last = self._reply, None, reply
        self._release()
        if waiting is not None and not waiting.done():
            waiting.set_result(reply)

    @property
    def _phase(self) -> str:
        if self.answered:
            return "read"
        return "wait" if self._written_at >= 0 else "write"

    def _progress(self) -> str:
        if self._parser.promised >= 0:
            got, promised = self._parser.body_bytes, self._parser.promised
            return f" after {got:,} of the {promised:,} bytes of the body that it promised"
        if self._parser.begun:
            return " before its answer was whole"
        return " in the middle of its headers" if self.answered else " without an answer"

    def _not_http(self, error: Exception) -> str:
        if self._received and self._received[0].startswith(TLS_ALERT):
            return "it speaks TLS there, and was asked without: its address begins with https"
        return f"what it answers is not HTTP: {error}"

    def _timing(self) -> Timing:
        began = self._began
        return Timing(
            connected_seconds=self._connected_seconds,
            written_seconds=self._written_at - began if self._written_at >= 0 else -1.0,
            first_byte_seconds=self._first_byte_at - began if self._first_byte_at >= 0 else -1.0,
            total_seconds=time.perf_counter() - began,
        )

    def _note_written(self) -> None:
        if self._handed_over and self._written_at < 0:
            self._written_at = time.perf_counter()

    def _release(self) -> None:
        if self._flushed is not None and not self._flushed.done():
            self._flushed.set_result(None)
        self._flushed = None

    def _expire(self) -> None:
        if self._reply is not None:
            what = "whole answer" if self.answered else "answer"
            self._fail(FailureKind.TIMEOUT, f"no {what} within {self._timeout_seconds:g} seconds")
