"""How fast, and how much: a token bucket that obeys what the vendor says, and a hard budget."""

from __future__ import annotations

import asyncio

from verifier.model import Clock, Response, retry_after_seconds

__all__ = ["LONGEST_WAIT_SECONDS", "Pace"]

LONGEST_WAIT_SECONDS = 60.0


class Pace:
    """
    Lets requests through one interval apart, and none while the vendor asked us to wait.

    Args:
        per_second: 0 is unlimited.
    """

    def __init__(self, per_second: float, clock: Clock) -> None:
        self._interval = 1.0 / per_second if per_second > 0 else 0.0
        self._clock = clock
        self._next = 0.0
        self._quiet_until = 0.0
        self._turns = asyncio.Lock()

    async def turn(self, count: int = 1) -> None:
        """Wait until so many more requests may be sent, together where there are several."""
        async with self._turns:
            now = self._clock.monotonic()
            # Looked at again after each sleep: another answer may have asked for quiet meanwhile.
            while (at := max(self._next, self._quiet_until)) > now:
                await self._clock.sleep(at - now)
                now = self._clock.monotonic()
            self._next = now + count * self._interval

    def heed(self, response: Response) -> None:
        """Obey a 429 or 503 that asks for a pause."""
        if response.status not in (429, 503):
            return
        wait = retry_after_seconds(response, self._clock.now())
        if wait is None:
            wait = 1.0 if response.status == 429 else 0.0
        until = self._clock.monotonic() + min(wait, LONGEST_WAIT_SECONDS)
        self._quiet_until = max(self._quiet_until, until)
