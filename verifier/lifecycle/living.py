"""What a deprecated operation does while it lasts: brownouts, an early end, or no end at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from msgspec import Struct

from verifier.model import Deadline, Milestone

__all__ = ["Beat", "brownouts", "is_over", "is_zombie"]

REFUSALS = (410, 403, 404, 503, 400)
NEAR = datetime.timedelta(days=30)
LEAST_BURSTS = 2
GONE_AFTER = 3  # refusals on end, nothing else between them


class Beat(Struct, frozen=True):
    """One answer of an operation: when, and with which status (0 for none)."""

    time: datetime.datetime
    status: int

    @property
    def refused(self) -> bool:
        """Whether it is how vendors say that something is over."""
        return self.status in REFUSALS


def brownouts(beats: Sequence[Beat], deadline: Deadline) -> tuple[tuple[Beat, ...], ...]:
    """
    The bursts in which an operation refused although it worked before and after.

    Announced practice of several vendors: a rising share of 410 or 503 before the day, so that
    whoever did not read notices. Two bursts within thirty days of the day are one; a single one may
    be an outage.

    Args:
        beats: Answers of the operation that the deadline is about, in order of time.
    """
    if deadline.date is None or deadline.milestone is not Milestone.ENDS:
        return ()
    day = datetime.datetime.combine(deadline.date, datetime.time(), datetime.UTC)
    bursts: list[tuple[Beat, ...]] = []
    burst: list[Beat] = []
    worked = False
    for beat in beats:
        if beat.refused and abs(beat.time - day) <= NEAR:
            burst.append(beat)
        elif 200 <= beat.status < 300:
            if burst and worked:
                bursts.append(tuple(burst))
            burst, worked = [], True
    return tuple(bursts) if len(bursts) >= LEAST_BURSTS else ()


def is_over(beats: Iterable[Beat], *, refusals: Sequence[int] = (410, 404)) -> bool:
    """Whether it has stopped for good: it worked once, and the last answers are all refusals."""
    known = list(beats)
    last = known[-GONE_AFTER:]
    worked = any(200 <= beat.status < 300 for beat in known)
    return worked and len(last) == GONE_AFTER and all(b.status in refusals for b in last)


def is_zombie(deadline: Deadline, today: datetime.date, beats: Sequence[Beat] = ()) -> bool:
    """
    Whether the day has passed and it lives on.

    Args:
        beats: Its answers; without any since then the document is the witness that it is still
            published.
    """
    if deadline.milestone is not Milestone.ENDS or deadline.date is None or deadline.withdrawn:
        return False
    if deadline.date >= today:
        return False
    after = [beat for beat in beats if beat.time.date() > deadline.date]
    return any(200 <= beat.status < 300 for beat in after) if after else True
