"""A client that shows what happened: no retry, no redirect, no cookie, no proxy."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Sequence

from verifier.model import FailureKind, Outgoing, Reply, Timing, TlsFacts
from verifier.wire.address import Origin
from verifier.wire.connection import Connection
from verifier.wire.cut import arrived
from verifier.wire.dial import dial
from verifier.wire.head import Written, write
from verifier.wire.tls import context_for, look
from verifier.wire.trouble import not_connected

__all__ = ["Client"]

CONNECT_SECONDS = 10.0
IDLE_SECONDS = 4.0
MOST_IDLE = 64
FAILED = 500
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
UNANSWERED = frozenset({FailureKind.CLOSED, FailureKind.RESET})


class Client:
    """
    Speaks HTTP/1.1; implements the port ``Transport``, within one event loop.

    Connections are kept and used again, for at most ``IDLE_SECONDS`` (servers commonly close after
    five); but none on which a server error came, for some servers (uvicorn) end those a moment
    later without a word, and what is sent next would seem to get no answer. Before a kept one is
    used, the system is asked whether the server has closed it; if so, nothing was written and a
    fresh one is taken. There remains the instant in which the server closes while the request is
    under way. A *safe* request that thus ends on a kept connection without a byte of an answer is
    put once more on a fresh one: what the server did was to end an idle connection, not to answer.
    Any other request is never sent twice (RFC 9110, 9.2.2, would allow it for idempotent ones; but
    a repeated DELETE is answered differently).

    Args:
        verify: True for the system's authorities, a PEM file of authorities, False for none.
        connect_seconds: The most that connecting may take, TLS handshake included.
        as_sent: Whether bodies are kept as they are on the wire, and whole, instead of decoded.
    """

    def __init__(
        self,
        *,
        verify: bool | str = True,
        connect_seconds: float = CONNECT_SECONDS,
        as_sent: bool = False,
    ) -> None:
        self._as_sent = as_sent
        self._verify = verify
        self._connect_seconds = connect_seconds
        # A file that cannot be used is told at once; the system's authorities take a while to load.
        self._context = context_for(verify) if isinstance(verify, str) else None
        self._idle: dict[Origin, list[Connection]] = {}
        self._alive: set[Connection] = set()

    async def send(self, outgoing: Outgoing) -> Reply:
        """
        Send one request and read its whole answer, connecting included in its timeout.

        Raises:
            UsageError: The request cannot be put into bytes.
        """
        written = write(outgoing)
        began = time.perf_counter()
        connection = self._kept(written.origin)
        if connection is not None:
            reply = await self._carry(connection, outgoing, written, began)
            failure = reply.failure
            if failure is None or failure.received or failure.kind not in UNANSWERED:
                return reply
            if outgoing.method not in SAFE:
                return reply
        fresh = await self._connect(written.origin, outgoing.timeout_seconds, began)
        if isinstance(fresh, Reply):
            return fresh
        connected_seconds = time.perf_counter() - began
        return await self._carry(fresh, outgoing, written, began, connected_seconds)

    async def send_together(self, outgoing: Sequence[Outgoing]) -> tuple[Reply, ...]:
        """
        Open a fresh connection each, write all but the last byte of each, then all last bytes.

        The last bytes are written in one go, once the system has taken all the rest; no answer is
        read in between. Times count from when all are connected.
        """
        written = [write(one) for one in outgoing]
        waits = [one.timeout_seconds for one in outgoing]
        opening = zip(written, waits, strict=True)
        opened = await asyncio.gather(
            *(self._connect(one.origin, wait, time.perf_counter()) for one, wait in opening)
        )
        connections = [one for one in opened if isinstance(one, Connection)]
        try:
            return await self._burst(outgoing, written, opened)
        except asyncio.CancelledError:
            for connection in connections:
                connection.drop()
            raise

    async def abandon(
        self, outgoing: Outgoing, *, after_bytes: int = -1, with_reset: bool = True
    ) -> Reply:
        """
        Write a request and cut the connection before its answer.

        Args:
            after_bytes: Cut once so many bytes are on the wire; -1 is the whole request.
            with_reset: Cut with a reset (RST), else close in order (FIN).
        """
        written = write(outgoing)
        data = written.data if after_bytes < 0 else written.data[:after_bytes]
        whole = len(data) == len(written.data)
        began = time.perf_counter()
        connection = await self._connect(written.origin, outgoing.timeout_seconds, began)
        if isinstance(connection, Reply):
            return connection
        connected_seconds = time.perf_counter() - began
        wait = outgoing.timeout_seconds
        connection.ask(
            outgoing.method, data, wait, began, connected_seconds=connected_seconds, whole=whole
        )
        try:
            if connection.transport is not None:
                await arrived(connection.transport, wait - connected_seconds)
        except asyncio.CancelledError:
            connection.drop()
            raise
        what = "the request" if whole else f"{len(data):,} bytes of the request"
        says = f"we cut the connection once {what} had arrived"
        return connection.cut(says, with_reset=with_reset)

    async def inspect(self, url: str) -> TlsFacts:
        """Look at the TLS of the address; trust is judged even where ``verify`` is False."""
        return await look(url, self._verify)

    async def close(self) -> None:
        """Drop all connections, and wait until they are gone."""
        self._idle.clear()
        for connection in tuple(self._alive):
            connection.drop()
        until = time.perf_counter() + 1.0
        while self._alive and time.perf_counter() < until:
            await asyncio.sleep(0)

    def _kept(self, origin: Origin) -> Connection | None:
        """A kept connection that can carry one more request."""
        idle = self._idle.get(origin)
        while idle:
            connection = idle.pop()
            young = time.perf_counter() - connection.idle_since < IDLE_SECONDS
            if young and not connection.stale():
                return connection
            connection.drop()
        return None

    def _keep(self, origin: Origin, connection: Connection) -> None:
        idle = self._idle.setdefault(origin, [])
        if len(idle) >= MOST_IDLE:
            connection.drop()
            return
        connection.idle_since = time.perf_counter()
        idle.append(connection)

    async def _connect(self, origin: Origin, wait: float, began: float) -> Connection | Reply:
        """A fresh connection, or why there is none."""
        wait = min(wait, self._connect_seconds)
        try:
            context = self._tls() if origin.secure else None
            async with asyncio.timeout(wait):
                _, connection = await dial(self._new, origin, context)
        except (OSError, UnicodeError) as error:
            failure = not_connected(error, origin.host, origin.port, wait)
            return Reply(failure=failure, timing=Timing(total_seconds=time.perf_counter() - began))
        return connection

    def _new(self) -> Connection:
        return Connection(self._alive, as_sent=self._as_sent)

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = context_for(self._verify)
        return self._context

    async def _carry(
        self,
        connection: Connection,
        outgoing: Outgoing,
        written: Written,
        began: float,
        connected_seconds: float = -1.0,
    ) -> Reply:
        try:
            reply = await connection.ask(
                outgoing.method,
                written.data,
                outgoing.timeout_seconds,
                began,
                connected_seconds=connected_seconds,
            )
        except asyncio.CancelledError:
            connection.drop()
            raise
        self._put_back(connection, written, reply)
        return reply

    def _put_back(self, connection: Connection, written: Written, reply: Reply) -> None:
        failed = reply.response is not None and reply.response.status >= FAILED
        if connection.reusable and not written.single and not failed:
            self._keep(written.origin, connection)
        else:
            connection.drop()

    async def _burst(
        self,
        outgoing: Sequence[Outgoing],
        written: Sequence[Written],
        opened: Sequence[Connection | Reply],
    ) -> tuple[Reply, ...]:
        began = time.perf_counter()
        answers: list[asyncio.Future[Reply] | Reply] = []
        for one, data, connection in zip(outgoing, written, opened, strict=True):
            if isinstance(connection, Reply):
                answers.append(connection)
                continue
            first, wait = data.data[:-1], one.timeout_seconds
            answers.append(connection.ask(one.method, first, wait, began, whole=False))
        connections = [one for one in opened if isinstance(one, Connection)]
        for connection in connections:
            await connection.flush()
        for data, connection in zip(written, opened, strict=True):
            if isinstance(connection, Connection):
                connection.more(data.data[-1:])
        replies = [one if isinstance(one, Reply) else await one for one in answers]
        for data, connection, reply in zip(written, opened, replies, strict=True):
            if isinstance(connection, Connection):
                self._put_back(connection, data, reply)
        return tuple(replies)
