"""One timer for many deadlines, since nearly every deadline is moved before it is reached."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable

__all__ = ["Alarm"]


class Alarm:
    """
    Rings once its deadline has passed; moving a deadline later costs one assignment.

    The timer beneath is left as it is; when it fires too early, it is started anew.

    Args:
        ring: What to call.
    """

    __slots__ = ("_deadline", "_fires_at", "_loop", "_ring", "_timer")

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop = loop
        self._ring = ring
        self._deadline = math.inf
        self._fires_at = math.inf
        self._timer: asyncio.TimerHandle | None = None

    def set(self, deadline: float) -> None:
        """Ring when ``time.perf_counter()`` has reached the deadline."""
        self._deadline = deadline
        if deadline < self._fires_at:
            self._start()

    def clear(self) -> None:
        """Do not ring for now."""
        self._deadline = math.inf

    def stop(self) -> None:
        """Do not ring, and leave no timer behind."""
        self._deadline = self._fires_at = math.inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._fires_at = self._deadline
        left = max(0.0, self._deadline - time.perf_counter())
        self._timer = self._loop.call_later(left, self._fire)

    def _fire(self) -> None:
        self._timer = None
        self._fires_at = math.inf
        if self._deadline == math.inf:
            return
        if time.perf_counter() < self._deadline:
            self._start()
            return
        self._deadline = math.inf
        self._ring()
