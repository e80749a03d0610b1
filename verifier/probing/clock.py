"""The time of the machine."""

from __future__ import annotations

import asyncio
import time

__all__ = ["RealClock"]


class RealClock:
    """Implements the port ``Clock`` with real time."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Let real time pass."""
        await asyncio.sleep(seconds)
