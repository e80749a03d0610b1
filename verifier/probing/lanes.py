"""Many things at a time: those that bear one another, and none that goes on after a failure."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from heapq import heappop, heappush
from typing import Any, TypeVar

from msgspec import Struct

from verifier.probing.claims import Claim, Use

__all__ = ["Job", "Quiet", "every", "in_lanes"]

T = TypeVar("T")
# How far beyond the first that must wait others are looked at that need not.
LOOKS_AHEAD = 200
Quiet = Callable[[], Awaitable[None]]


class Job(Struct, frozen=True):
    """
    Something to do, and what it touches.

    Args:
        work: What it gives is still to be done for it, once nothing else is under way.
    """

    claim: Claim
    work: Callable[[], Awaitable[Quiet | None]]


async def every(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What comes of all; the first error ends the others, and is raised once they have ended."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        await _end(tasks)
        raise


async def in_lanes(jobs: Iterable[Job], most: int) -> None:
    """
    Do all jobs, several at a time, but none beside another that its claim does not bear.

    Of two that do not bear one another the earlier is done first, so that each resource meets the
    same jobs in the same order, however many are under way. What a job leaves for a quiet moment is
    done before anything else is begun. The first error ends the others.
    """
    lanes = _Lanes(jobs, most)
    try:
        while await lanes.step():
            pass
    except BaseException:
        await _end(lanes.running)
        raise


class _Lanes:
    """What waits, in order; what is under way; what is left for a quiet moment."""

    def __init__(self, jobs: Iterable[Job], most: int) -> None:
        self.waiting = deque(enumerate(jobs))
        self.most = most
        self.running: dict[asyncio.Task[Quiet | None], tuple[int, Claim]] = {}
        self.quiet: list[tuple[int, Quiet]] = []

    async def step(self) -> bool:
        """Begin what may begin, and wait for the next that ends; whether there was anything."""
        if self.quiet and not self.running:
            await heappop(self.quiet)[1]()
            return True
        if not self.quiet:
            for place, job in self._ready():
                self.running[asyncio.ensure_future(_begun(job))] = place, job.claim
        if not self.running:
            return False
        over, _ = await asyncio.wait(self.running, return_when=asyncio.FIRST_COMPLETED)
        for task in sorted(over, key=lambda task: self.running[task][0]):
            # One that failed stays with those that are ended for it, so that all are heard.
            left = task.result()
            place, _ = self.running.pop(task)
            if left is not None:
                heappush(self.quiet, (place, left))
        return True

    def _ready(self) -> list[tuple[int, Job]]:
        """The next that bear what is under way and every earlier one; taken off the queue."""
        taken: dict[str, set[Use]] = defaultdict(set)
        for _, claim in self.running.values():
            _take(taken, claim)
        found: list[tuple[int, Job]] = []
        passed: list[tuple[int, Job]] = []
        free = self.most - len(self.running)
        while self.waiting and len(found) < free and len(passed) < LOOKS_AHEAD:
            place, job = self.waiting.popleft()
            (found if job.claim.bears(taken) else passed).append((place, job))
            _take(taken, job.claim)
        self.waiting.extendleft(reversed(passed))
        return found


def _take(taken: dict[str, set[Use]], claim: Claim) -> None:
    for name, use in claim.uses.items():
        taken[name].add(use)


async def _begun(job: Job) -> Quiet | None:
    return await job.work()


async def _end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    tasks = tuple(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
