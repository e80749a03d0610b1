"""Time in the mock: it flows or stands still, and moves on when it is told to."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

from verifier.errors import UsageError

__all__ = ["Due", "LeapingClock", "MovableClock"]

LATEST = 32_503_680_000.0  # the year 3000: every form of a date can still tell it
SKEW: ContextVar[float] = ContextVar("verifier-mock-skew", default=0.0)
log = logging.getLogger(__name__)


@dataclass(order=True, slots=True)
class Due:
    """Something that is to happen at a time; ``cancel`` makes it not happen."""

    moment: float
    serial: int
    call: Callable[[], object] | None = field(compare=False)

    def cancel(self) -> None:
        """Let it not happen."""
        self.call = None


class MovableClock:
    """
    Implements the port ``Clock``. Everything in a mock takes its time from one of these: a token's
    expiry, a window of requests, a webhook's third attempt are an hour away, or a second.

    It flows with real time from its start and is moved on by ``advance``, or stands still and is
    moved by nothing else. It never goes back. What is due on the way happens in order of its time,
    with the clock at exactly that time, before ``advance`` returns; what is due while time flows
    happens in a thread that lives as long as anything is due.

    Args:
        start: Seconds since the epoch at which it begins; None is the machine's time.
        frozen: Whether it stands still.
        real: What time flows by: seconds on a clock that never goes back.
    """

    def __init__(
        self,
        start: float | None = None,
        *,
        frozen: bool = False,
        real: Callable[[], float] = time.monotonic,
    ) -> None:
        self._real = real
        self._base = time.time() if start is None else start
        self._since = math.nan if frozen else real()
        self._due: list[Due] = []
        self._serial = itertools.count()
        self._changed = threading.Condition(threading.RLock())
        self._moving = threading.RLock()
        self._thread: threading.Thread | None = None

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return math.isnan(self._since)

    def now(self) -> float:
        """Seconds since the epoch."""
        since = self._since
        flowed = 0.0 if math.isnan(since) else self._real() - since
        return self._base + flowed + SKEW.get()

    def monotonic(self) -> float:
        """As ``now``, which never goes back."""
        return self.now() - SKEW.get()

    async def sleep(self, seconds: float) -> None:
        """Until so much of this clock's time has passed."""
        loop = asyncio.get_running_loop()
        over: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            if not over.done():
                over.set_result(None)

        due = self.at(self.monotonic() + seconds, lambda: loop.call_soon_threadsafe(wake))
        try:
            await over
        finally:
            due.cancel()

    def at(self, moment: float, call: Callable[[], object]) -> Due:
        """Call something, which must not block, once the clock has reached a moment."""
        with self._changed:
            due = Due(moment, next(self._serial), call)
            heapq.heappush(self._due, due)
            if not self.frozen:
                self._wait_for_it()
            self._changed.notify_all()
        return due

    def advance(self, seconds: float) -> float:
        """
        Move on; gives the new time.

        Raises:
            UsageError: Backwards, or beyond the year 3000.
        """
        with self._moving:
            if not 0 <= seconds <= LATEST - self.monotonic():
                raise UsageError(
                    f"the clock cannot be moved by {seconds:g} seconds",
                    mend="It only goes forward, to the year 3000: give a number of seconds from 0.",
                )
            self._move_to(self.monotonic() + seconds)
            return self.monotonic()

    def freeze(self) -> None:
        """Stand still from now on."""
        with self._changed:
            self._base, self._since = self.monotonic(), math.nan
            self._changed.notify_all()

    def flow(self) -> None:
        """Flow with real time from now on."""
        with self._changed:
            if self.frozen:
                self._since = self._real()
            if self._due:
                self._wait_for_it()

    @contextmanager
    def skewed(self, seconds: float) -> Iterator[None]:
        """Show another time to whoever asks within the block, in this thread or task."""
        token = SKEW.set(SKEW.get() + seconds)
        try:
            yield
        finally:
            SKEW.reset(token)

    def _move_to(self, moment: float) -> None:
        while (due := self._next(moment)) is not None:
            self._set(max(due.moment, self.monotonic()))
            _happen(due)
        self._set(max(moment, self.monotonic()))

    def _set(self, moment: float) -> None:
        with self._changed:
            self._base = moment
            if not self.frozen:
                self._since = self._real()
            self._changed.notify_all()

    def _next(self, moment: float) -> Due | None:
        """The next thing that is due at a moment, taken off the list."""
        with self._changed:
            while self._due and self._due[0].call is None:
                heapq.heappop(self._due)
            if self._due and self._due[0].moment <= moment:
                return heapq.heappop(self._due)
            return None

    def _wait_for_it(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="verifier-clock", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        """Let things happen while time flows, until nothing is due any more."""
        while True:
            with self._moving:
                while (due := self._next(self.monotonic())) is not None:
                    _happen(due)
            with self._changed:
                if not self._due or self.frozen:
                    self._thread = None
                    return
                wait = self._due[0].moment - self.monotonic()
                if wait > 0:
                    self._changed.wait(min(wait, threading.TIMEOUT_MAX))


class _Timed(Protocol):
    """A mock, as far as its time goes."""

    clock: MovableClock

    def advance(self, seconds: float) -> float:
        """Move the clock on; what is due on the way happens first."""


class LeapingClock:
    """
    Implements the port ``Clock`` for whoever asks a mock: its time, which a sleep moves on at once.

    What is due on the way has happened when the sleep is over; it happens in a thread of its own,
    so that it may ask something of whoever sleeps.
    """

    def __init__(self, mock: _Timed) -> None:
        self._mock = mock
        self._clock = mock.clock

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._clock.now()

    def monotonic(self) -> float:
        """As ``now``, which never goes back."""
        return self._clock.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Move the mock's time on."""
        await asyncio.to_thread(self._mock.advance, max(0.0, seconds))


def _happen(due: Due) -> None:
    call, due.call = due.call, None
    if call is None:
        return
    try:
        call()
    except Exception:
        log.exception("what was due at %s failed", due.moment)
