"""
Looks from many machines: one vendor is the unit of work of a Dask cluster.

A look decides nothing, so it may be carried out twice: when a worker dies, the scheduler gives its
vendors to another, and only what comes home is settled, once, by the watcher. A worker needs no
memory of ours and no disk that it shares with us: the edition to compare with is sent to it when it
says that it lacks it, and a new edition comes back with what was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verifier.errors import ConfigError, InternalError, VendorUnreachable
from verifier.model import Watched
from verifier.watching.asking import ask, handshakes, read_calendar
from verifier.watching.editions import EditionMissing, Library, fetch
from verifier.watching.looks import Found, Look
from verifier.watching.spreading import Supply, Task

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["LOCAL", "Cluster", "joined"]

LOCAL = "local"
PATIENCE_SECONDS = 20.0
LONGEST_ROUND_SECONDS = 3600.0
PACKAGE = "vendor-verifier"


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


@contextmanager
def joined(address: str) -> Iterator[Client]:
    """
    A client of a cluster, whose workers are as new as we are.

    Args:
        address: Of its scheduler (``tcp://host:8786``), or ``local`` for processes of this machine.

    Raises:
        ConfigError: Dask is not installed, the address cannot be meant, or a worker has another
            version of this package.
        VendorUnreachable: The cluster does not answer, or has no worker.
    """
    try:
        from distributed import Client, LocalCluster  # an extra
    except ImportError:
        raise ConfigError(
            "Dask is not installed", mend="pip install 'vendor-verifier[cluster]'"
        ) from None
    if address == LOCAL:
        with (
            LocalCluster(
                threads_per_worker=2, dashboard_address=None, silence_logs="ERROR"
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    if "://" not in address:
        raise ConfigError(
            f"'{address}' is no cluster", mend="Write tcp://HOST:8786, or local for this machine."
        )
    try:
        client = Client(address, timeout=PATIENCE_SECONDS)
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise VendorUnreachable(
            f"the cluster does not answer, or has no worker: {error}",
            where=address,
            mend="Start a scheduler and a worker: dask scheduler; dask worker tcp://HOST:8786",
        ) from None
    with client:
        _agreed(client, address)
        yield client


def _agreed(client: Client, address: str) -> None:
    """Whoever compares with other rules finds other changes."""
    ours = version(PACKAGE)
    theirs: Mapping[str, str] = client.run(version, PACKAGE, on_error="return")
    for worker, found in theirs.items():
        if found != ours:
            raise ConfigError(
                f"the worker {worker} has {PACKAGE} {found}, we are {ours}",
                where=address,
                mend=f"pip install {PACKAGE}=={ours} there, too.",
            )
