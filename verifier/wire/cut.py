"""The end of a connection, made to order: with a reset, and only once the peer has the bytes."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
import time

if sys.platform != "win32":
    import fcntl
    import termios

__all__ = ["arrived", "reset"]

LINGER_NOT = struct.pack("ii", 1, 0)
GRACE_SECONDS = 0.05
LOOK_AGAIN_SECONDS = 0.001


def reset(transport: asyncio.Transport) -> None:
    """Close with a reset (RST) instead of a farewell (FIN); what is unsent is thrown away."""
    sock = transport.get_extra_info("socket")
    if sock is not None and not transport.is_closing():
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
    transport.abort()


async def arrived(transport: asyncio.Transport, within_seconds: float) -> None:
    """
    Wait until the peer's machine has acknowledged every byte, or the time is over.

    A reset sent earlier would take unacknowledged bytes back, and the request with them. Where the
    system cannot say what is acknowledged, a short grace has to do.
    """
    until = time.perf_counter() + within_seconds
    while not transport.is_closing() and time.perf_counter() < until:
        owed = transport.get_write_buffer_size() or _unacknowledged(transport)
        if owed < 0:
            await asyncio.sleep(min(GRACE_SECONDS, within_seconds))
        if owed <= 0:
            return
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _unacknowledged(transport: asyncio.Transport) -> int:
    """Bytes that the peer's machine has not acknowledged (Linux, SIOCOUTQ); -1 unknown."""
    sock = transport.get_extra_info("socket")
    if sys.platform != "linux" or sock is None:
        return -1
    try:
        answer = fcntl.ioctl(sock.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
    except OSError:
        return -1
    return int.from_bytes(answer, sys.byteorder, signed=True)
