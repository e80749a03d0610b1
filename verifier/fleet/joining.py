"""Join a Dask cluster, or make one of this machine's processes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from verifier.errors import ConfigError, VendorUnreachable

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["LOCAL", "joined"]

LOCAL = "local"
PATIENCE_SECONDS = 20.0
PACKAGE = "vendor-verifier"


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
            _unheard(),
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
    with _unheard(), client:
        _agreed(client, address)
        yield client


@contextmanager
def _unheard() -> Iterator[None]:
    """Without Dask's warnings of a worker that was lost: its work is done again by another."""
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)


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
