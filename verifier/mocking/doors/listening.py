"""The mock on a socket: every fault shows as it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from verifier.mocking.doors.door import Answering
from verifier.wire import Server, serve, serve_in_thread

__all__ = ["running", "serve_mock"]


async def serve_mock(vendor: Answering, host: str = "127.0.0.1", port: int = 0) -> Server:
    """Serve a mock from this event loop."""
    return await serve(vendor.answer, host, port)


@contextmanager
def running(vendor: Answering, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve a mock from a thread while the block runs; gives its address."""
    with serve_in_thread(vendor.answer, host, port) as server:
        yield server.url
