"""A server for vendors of our own: HTTP/1.1 on asyncio, one handler, nothing in between."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from verifier.errors import UsageError
from verifier.wire.incoming import Handler
from verifier.wire.session import Bounds, Session

__all__ = ["Server", "serve", "serve_in_thread"]

THREAD_SECONDS = 10.0


class Server:
    """A server that listens; ``serve`` makes it. Close it, or use it in ``async with``."""

    def __init__(
        self, listening: asyncio.Server, host: str, alive: set[Session], *, secure: bool
    ) -> None:
        self._listening = listening
        self._alive = alive
        self._secure = secure
        self.host = host
        self.port: int = listening.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self._secure else 'http'}://{host}:{self.port}"

    async def close(self) -> None:
        """Stop listening, and drop the clients."""
        self._listening.close()
        for session in tuple(self._alive):
            session.end()
        await self._listening.wait_closed()
        while self._alive:
            await asyncio.sleep(0)

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


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
    alive: set[Session] = set()
    limits = bounds or Bounds()
    loop = asyncio.get_running_loop()
    try:
        listening = await loop.create_server(
            lambda: Session(handler, limits, alive), host, port, ssl=tls
        )
    except OSError as error:
        raise UsageError(
            f"nothing can listen at {host}:{port}: {error.strerror or error}",
            mend="Choose another port; 0 takes a free one.",
        ) from error
    return Server(listening, host, alive, secure=tls is not None)


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
