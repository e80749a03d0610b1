"""Looks at many vendors at a time: a few threads of this process, or other machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

from verifier.model import Watched
from verifier.watching.looks import Found

__all__ = ["Spread", "Supply", "Task", "Threads"]

# The edition that a task knows, as a parcel; empty where it is lost. Asked in the caller's thread.
Supply = Callable[["Task"], bytes]


class Task(NamedTuple):
    """One vendor, with what is remembered of it."""

    subject: Watched
    state: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Of the edition that is known; empty where none is."""
        return str(self.state.get("digest", ""))


class Spread(Protocol):
    """Carries out looks, in any order; one that fails is a ``Found`` with an error."""

    def __call__(self, tasks: Sequence[Task], now: float) -> Iterator[Found]:
        """What each look found, as it comes."""


class Threads:
    """
    Looks from this process.

    Args:
        look: Of one vendor.
        workers: How many vendors are looked at at a time.
        ready: Called for each task beforehand, in the caller's thread.
    """

    def __init__(
        self,
        look: Callable[[Watched, Mapping[str, Any], float], Found],
        workers: int = 8,
        ready: Callable[[Task], None] = lambda _: None,
    ) -> None:
        self._look = look
        self._workers = workers
        self._ready = ready

    def __call__(self, tasks: Sequence[Task], now: float) -> Iterator[Found]:
        """What each look found, in the order of the tasks."""
        for task in tasks:
            self._ready(task)
        with ThreadPoolExecutor(max_workers=max(1, min(self._workers, len(tasks)))) as pool:
            yield from pool.map(lambda task: self._look(task.subject, task.state, now), tasks)
