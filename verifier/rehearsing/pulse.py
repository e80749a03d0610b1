"""How punctual this machine is: what it held up is no doing of the program's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct, field

__all__ = ["Patience", "Pulse", "Span", "longest", "overlap"]

BEAT_SECONDS = 0.02
USUAL_SECONDS = 0.002
MOST_SPANS = 100_000
# A wait lasts at most so many times as long as it would on a machine that has nothing else to do.
MOST_TIMES = 4.0

Span = tuple[float, float]
Clock = Callable[[], float]


def overlap(spans: Sequence[Span], since: float, until: float) -> float:
    """Seconds of a time that lie in spans."""
    return sum(max(0.0, min(until, end) - max(since, begin)) for begin, end in spans)


def longest(spans: Sequence[Span]) -> float:
    """Seconds of the longest one; 0 where there is none."""
    return max((end - begin for begin, end in spans), default=0.0)


class Pulse(Struct):
    """
    Asks to be woken at every beat, and notes from when to when it was kept waiting.

    A program that pauses and then sends a request is kept waiting in the same way: by whoever else
    has the processor, and by our own work for the other takes.

    Args:
        clock: Seconds; never goes back.
    """

    clock: Clock = time.perf_counter
    _late: list[Span] = field(default_factory=list)

    @contextmanager
    def beating(self) -> Iterator[None]:
        """Beat while the block runs."""
        over = threading.Event()
        thread = threading.Thread(target=self._beat, args=(over,), name="verifier-pulse")
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, over: threading.Event) -> None:
        due = self.clock() + BEAT_SECONDS
        while not over.wait(max(0.0, due - self.clock())):
            woken = self.clock()
            self.note(due=due, woken=woken)
            due = woken + BEAT_SECONDS

    def note(self, *, due: float, woken: float) -> None:
        """It was to be woken at one moment, and was at another."""
        if woken - due > USUAL_SECONDS and len(self._late) < MOST_SPANS:
            self._late.append((due, woken))

    def late(self, since: float, until: float) -> tuple[Span, ...]:
        """From when to when it was kept waiting, within a time."""
        return tuple(span for span in tuple(self._late) if span[1] > since and span[0] < until)

    def patience(self, seconds: float) -> Patience:
        """A wait that begins now."""
        return Patience(pulse=self, seconds=seconds, began=self.clock())


class Patience(Struct, frozen=True, kw_only=True):
    """A wait of some seconds, in which those do not count in which the machine was held up."""

    pulse: Pulse
    seconds: float
    began: float

    @property
    def took(self) -> float:
        """Seconds since it began."""
        return self.pulse.clock() - self.began

    @property
    def left(self) -> float:
        """Seconds that are left; 0 or less where it is over."""
        now = self.pulse.clock()
        held_up = overlap(self.pulse.late(self.began, now), self.began, now)
        most = self.seconds * MOST_TIMES
        return min(self.seconds + held_up, most) - (now - self.began)

    @property
    def starved(self) -> bool:
        """Whether the machine was held up for most of it, so that its end tells nothing."""
        return self.took >= self.seconds * MOST_TIMES
