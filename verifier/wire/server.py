"""A server for vendors of our own: HTTP/1.1 on asyncio, one handler, nothing in between."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType

from verifier.errors import UsageError
from verifier.wire.bounds import Bounds
from verifier.wire.incoming import Handler
from verifier.wire.outlet import Outlets
from verifier.wire.session import Session

__all__ = ["Server", "serve", "serve_in_thread"]

THREAD_SECONDS = 10.0
COMES_BACK_WITHIN_SECONDS = 10.0
# Of the event loop, from a connection that is taken to a client that is known.
TURNS_TO_COME_IN = 8
# What is listened on when all addresses are (RFC 6890, 2.2) is none that could be opened.
LOOPBACKS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  (told apart)
log = logging.getLogger(__name__)


class Server:
    """A server that listens; ``serve`` makes it. Close it, or use it in ``async with``."""

    def __init__(self, handler: Handler, bounds: Bounds, tls: ssl.SSLContext | None) -> None:
        self._handler = handler
        self._bounds = bounds
        self._tls = tls
        self._alive: set[Session] = set()
        self._listening: asyncio.Server | None = None
        self._shutting: asyncio.Server | None = None
        self._closed = False
        self._back: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.host = ""
        self.port = 0

    @property
    def url(self) -> str:
        """Its address, without a slash at the end; this machine's own, where it has them all."""
        host = LOOPBACKS.get(self.host, self.host)
        host = f"[{host}]" if ":" in host else host
        return f"{'http' if self._tls is None else 'https'}://{host}:{self.port}"

    @property
    def everywhere(self) -> bool:
        """Whether it listens on every address of this machine, so that others reach it too."""
        return self.host in LOOPBACKS

    async def listen(self, host: str, port: int) -> None:
        """
        Take connections at an address.

        Raises:
            OSError: It cannot be had.
        """
        self._loop = loop = asyncio.get_running_loop()
        self._outlets = Outlets(loop)
        self._listening = await loop.create_server(self._session, host, port, ssl=self._tls)
        self.host, self.port = host, self._listening.sockets[0].getsockname()[1]

    def refuse(self, seconds: float) -> None:
        """
        Drop every client, and refuse connections for so many seconds, as when it is down.

        It may be called from any thread, and takes hold when the event loop comes round.
        """
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._refuse, seconds)

    def _refuse(self, seconds: float) -> None:
        if self._listening is None or self._closed:
            return
        self._shutting, self._listening = self._listening, None
        _refuse_at(self._shutting)
        self._drop()
        self._back = asyncio.get_running_loop().create_task(
            self._come_back(self._shutting, seconds)
        )

    async def close(self) -> None:
        """Stop listening, and drop the clients."""
        self._closed = True
        if self._back is not None:
            self._back.cancel()
        known = (self._shutting, self._listening)
        self._shutting = self._listening = None
        self._drop()
        for listening in filter(None, known):
            await _shut(listening)
            await listening.wait_closed()
        while self._alive:
            await asyncio.sleep(0)

    def _session(self) -> Session:
        return Session(
            self._handler,
            self._bounds,
            self._alive,
            self._outlets,
            self.refuse,
            lambda: self._listening is not None,
        )

    def _drop(self) -> None:
        for session in tuple(self._alive):
            session.end()

    async def _come_back(self, listening: asyncio.Server, seconds: float) -> None:
        await _shut(listening)
        until = time.perf_counter() + seconds + COMES_BACK_WITHIN_SECONDS
        await asyncio.sleep(seconds)
        while True:
            try:
                await self.listen(self.host, self.port)
                return
            except OSError:
                if time.perf_counter() > until:
                    log.exception("the port %d was lost while connections were refused", self.port)
                    return
                await asyncio.sleep(0.05)

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _refuse_at(listening: asyncio.Server) -> None:
    """Take no more clients: the system refuses them from now on."""
    loop = asyncio.get_running_loop()
    for sock in listening.sockets:
        with suppress(NotImplementedError):  # a loop without readers
            loop.remove_reader(sock.fileno())
        with suppress(OSError):  # where the system refuses once it is closed, and not before
            sock.shutdown(socket.SHUT_RDWR)


async def _shut(listening: asyncio.Server) -> None:
    """
    Take no more clients, let in who is on the way, and only then close.

    Whoever is on the way in while it closes is forgotten by asyncio, its socket left open.
    """
    try:
        _refuse_at(listening)
        for _ in range(TURNS_TO_COME_IN):
            await asyncio.sleep(0)
    finally:
        listening.close()


async def serve(
    handler: Handler,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    bounds: Bounds | None = None,
    tls: ssl.SSLContext | None = None,
) -> Server:
    """
    Listen.

    Args:
        handler: Gets each Incoming, and gives its Answer, or something to be awaited for it. It is
            called in the event loop, so it must not block.
        port: 0 takes a free one.
        bounds: What a client may take.
        tls: Serve https with it.

    Raises:
        UsageError: The address is taken, or is none of this machine's.
    """
    server = Server(handler, bounds or Bounds(), tls)
    try:
        await server.listen(host, port)
    except OSError as error:
        raise UsageError(
            f"nothing can listen at {host}:{port}: {error.strerror or error}",
            mend=f"Choose another {_wrong_part(error)}.",
        ) from error
    return server


def _wrong_part(error: OSError) -> str:
    """What of an address cannot be had: a host that is none of ours, or a port."""
    # Since Python 3.13 an address of another machine has no number of its own.
    unknown = isinstance(error, socket.gaierror) or error.errno in (errno.EADDRNOTAVAIL, None)
    return "host: an address of this machine" if unknown else "port; 0 takes a free one"


@contextmanager
def serve_in_thread(
    handler: Handler,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    bounds: Bounds | None = None,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Server]:
    """Serve from a thread and an event loop of their own while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="verifier-server", daemon=True)
    thread.start()
    try:
        listening = serve(handler, host, port, bounds=bounds, tls=tls)
        server = asyncio.run_coroutine_threadsafe(listening, loop).result(THREAD_SECONDS)
        try:
            yield server
        finally:
            asyncio.run_coroutine_threadsafe(server.close(), loop).result(THREAD_SECONDS)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(THREAD_SECONDS)
        loop.close()
