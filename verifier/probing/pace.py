"""How fast, and how much: a token bucket that obeys what the vendor says, and a hard budget."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from verifier.model import Clock, Response

__all__ = ["Pace", "retry_after_seconds"]

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
        self.waited_seconds = 0.0

    async def turn(self) -> None:
        """Wait until one more request may be sent."""
        if not self._interval and not self._next:
            return
        now = self._clock.monotonic()
        at = max(now, self._next)
        self._next = at + self._interval if self._interval else (0.0 if at <= now else at)
        if at > now:
            self.waited_seconds += at - now
            await self._clock.sleep(at - now)

    def heed(self, response: Response) -> None:
        """Obey a 429 or 503 that asks for a pause."""
        if response.status not in (429, 503):
            return
        wait = retry_after_seconds(response, self._clock.now())
        if wait is None:
            wait = 1.0 if response.status == 429 else 0.0
        until = self._clock.monotonic() + min(wait, LONGEST_WAIT_SECONDS)
        self._next = max(self._next, until)


def retry_after_seconds(response: Response, now: float) -> float | None:
    """What Retry-After asks for (RFC 9110, 10.2.3), in seconds from now; None if absent."""
    value = (response.header("retry-after") or "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError):
        return None
