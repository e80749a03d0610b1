"""When a service ends."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress

__all__ = ["until_asked"]


def until_asked() -> asyncio.Event:
    """An event that is set by Ctrl-C, or by whoever ends the process."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError):  # Windows; or not in the main thread
            loop.add_signal_handler(number, stopping.set)
    return stopping
