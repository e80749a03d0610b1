"""
What a server of ours says, handed to the system once a turn of the event loop is over.

A client that waits is woken by what is written to it, which costs the one who writes more than all
else that a small answer takes. So the answers of one turn are written one after another, when all
are there: whoever keeps many connections busy is woken once, and finds many.
"""

from __future__ import annotations

import asyncio

__all__ = ["Outlet", "Outlets"]

MOST_HELD_BYTES = 64 * 1024


class Outlets:
    """Those of a server's connections that have something to say when this turn is over."""

    __slots__ = ("_loop", "_waiting")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: list[Outlet] = []

    def add(self, outlet: Outlet) -> None:
        """Flush an outlet when the turn is over."""
        if not self._waiting:
            self._loop.call_soon(self.flush)
        self._waiting.append(outlet)

    def flush(self) -> None:
        """Write what they said."""
        waiting, self._waiting = self._waiting, []
        for outlet in waiting:
            outlet.flush()


class Outlet:
    """One connection's side of it: several answers to one client are written as one."""

    __slots__ = ("_held", "_outlets", "_transport")

    def __init__(self, transport: asyncio.Transport, outlets: Outlets) -> None:
        self._transport = transport
        self._outlets = outlets
        self._held = b""

    def say(self, data: bytes) -> None:
        """Write when the turn is over; much of it at once."""
        if self._held:
            data = self._held + data
        elif len(data) < MOST_HELD_BYTES:
            self._outlets.add(self)
        self._held = data
        if len(data) >= MOST_HELD_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what was said."""
        held, self._held = self._held, b""
        if held and not self._transport.is_closing():
            self._transport.write(held)
