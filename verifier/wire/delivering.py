"""One delivery carried out: waits, pieces, and what becomes of the connection."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from verifier.wire.cut import arrived, reset
from verifier.wire.delivery import Delivered, Delivery, End, Part

__all__ = ["Delivering"]

SLICE_BYTES = 64 * 1024
ARRIVES_WITHIN_SECONDS = 1.0


class Delivering:
    """
    Sends one answer as its delivery says.

    Args:
        most_silence_seconds: For which a client that never leaves is kept in silence.
    """

    def __init__(
        self, transport: asyncio.Transport, delivery: Delivery, most_silence_seconds: float
    ) -> None:
        self._transport = transport
        self._delivery = delivery
        self._most_silence_seconds = most_silence_seconds
        self._began = time.perf_counter()
        self._sent = 0
        self._left_seconds = -1.0
        self._left = asyncio.Event()
        self._lost = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def left(self) -> None:
        """The client has closed its side; it may listen still."""
        if not self._left.is_set():
            self._left_seconds = time.perf_counter() - self._began
            self._left.set()

    def lost(self) -> None:
        """The connection is gone."""
        self.left()
        self._lost.set()
        self._room.set()

    def hold(self, blocked: bool) -> None:
        """Whether the client's machine takes no more for now."""
        (self._room.clear if blocked else self._room.set)()

    async def run(self, head: bytes, body: bytes) -> Delivered:
        """Send, and end as is due; End.KEEP and End.HALF are left to the session."""
        delivery = self._delivery
        most_head, most_body = delivery.sends(len(head), len(body))
        await self._pass(delivery.wait_seconds)
        for part, data in (
            (Part.HEAD, head[:most_head]),
            (Part.BODY, memoryview(body)[:most_body]),
        ):
            await self._send(data, in_pieces=delivery.part in (part, Part.ALL))
        await self._end(delivery.end)
        delivered = Delivered(
            sent_bytes=self._sent,
            whole=self._sent == len(head) + len(body),
            seconds=time.perf_counter() - self._began,
            left_seconds=self._left_seconds,
        )
        if delivery.told is not None:
            delivery.told(delivered)
        return delivered

    async def _send(self, data: bytes | memoryview, *, in_pieces: bool) -> None:
        paced = in_pieces and self._delivery.piece_bytes > 0
        for piece in _pieces(data, self._delivery.piece_bytes if paced else SLICE_BYTES):
            await self._room.wait()
            if self._lost.is_set():
                return
            self._transport.write(piece)
            self._sent += len(piece)
            if paced:
                await self._pass(self._delivery.pause_seconds)

    async def _end(self, end: End) -> None:
        if self._lost.is_set():
            return
        if end is End.SILENCE:
            await self._until(self._left, self._most_silence_seconds)
            self._transport.abort()
        elif end is End.RESET:
            await arrived(self._transport, ARRIVES_WITHIN_SECONDS)
            reset(self._transport)
        elif end is End.CLOSE:
            self._transport.close()

    async def _pass(self, seconds: float) -> None:
        if seconds > 0:
            await self._until(self._lost, seconds)

    async def _until(self, event: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass


def _pieces(data: bytes | memoryview, size_bytes: int) -> Iterator[bytes | memoryview]:
    for start in range(0, len(data), size_bytes):
        yield data[start : start + size_bytes]
