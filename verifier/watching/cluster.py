"""
Looks from many machines: one vendor is the unit of work of a Dask cluster.

A look decides nothing, so it may be carried out twice: when a worker dies, the scheduler gives its
vendors to another, and only what comes home is settled, once, by the watcher. A worker needs no
memory of ours and no disk that it shares with us: the edition to compare with is sent to it when it
says that it lacks it, and a new edition comes back with what was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.errors import InternalError
from verifier.model import Watched
from verifier.watching.asking import ask, handshakes, read_calendar
from verifier.watching.editions import EditionMissing, Library, fetch
from verifier.watching.looks import Found, Look
from verifier.watching.spreading import Supply, Task

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Cluster"]

LONGEST_ROUND_SECONDS = 3600.0


class Cluster:
    """
    Looks from a cluster's workers, which need this package and the vendors' secrets.

    Args:
        client: Of the cluster.
        library: Where new editions are kept that come home.
        supply: Gives an edition that a worker lacks.
    """

    def __init__(
        self,
        client: Client,
        library: Library,
        supply: Supply,
        *,
        longest_seconds: float = LONGEST_ROUND_SECONDS,
    ) -> None:
        self._client = client
        self._library = library
        self._supply = supply
        self._longest_seconds = longest_seconds

    def __call__(self, tasks: Sequence[Task], now: float) -> Iterator[Found]:
        """What each look found, as it comes; a vendor that no machine can look at has failed."""
        from distributed import as_completed  # an extra

        waiting = {self._sent(task, now): task for task in tasks}
        coming = as_completed(list(waiting), timeout=self._longest_seconds)
        try:
            for future in coming:
                task = waiting.pop(future)
                found = _brought(future, task, now)
                if found.wanting:
                    again = self._sent(task, now, self._supply(task))
                    waiting[again] = task
                    coming.add(again)
                else:
                    yield self._kept(found)
        except TimeoutError:
            for future, task in waiting.items():
                future.cancel()
                yield _failed(task, now, "no machine of the cluster looked at it in time")

    def _kept(self, found: Found) -> Found:
        if found.parcel:
            self._library.unpack(found.subject.name, found.digest, found.parcel)
        return found

    def _sent(self, task: Task, now: float, parcel: bytes | None = None) -> Any:
        return self._client.submit(look_there, *task, now, parcel, pure=False)


def look_there(
    subject: Watched, state: Mapping[str, Any], now: float, parcel: bytes | None
) -> Found:
    """
    A look, on a worker.

    Args:
        parcel: The edition that the state knows; None where it was not asked for yet.
    """
    from distributed import get_worker  # an extra

    library = Library(Path(get_worker().local_directory) / "editions")
    if parcel:
        with suppress(EditionMissing):  # a spoilt parcel is a lost edition
            library.unpack(subject.name, str(state.get("digest", "")), parcel)
    look = Look(
        library,
        fetch=fetch,
        probe=ask,
        calendar=read_calendar,
        inspect=handshakes,
        waits=parcel is None,
        packs=True,
    )
    return look(subject, state, now)


def _brought(future: Any, task: Task, now: float) -> Found:
    error = future.exception()
    if error is not None:
        return _failed(task, now, f"the cluster could not look at it: {type(error).__name__}")
    found: Found = future.result()
    return found


def _failed(task: Task, now: float, says: str) -> Found:
    return Found(subject=task.subject, now=now, error=InternalError(says))
