"""
Runs of many vendors from the workers of a Dask cluster, a vendor as the unit of work.

A worker needs this package and the vendors' secrets, and no disk that it shares with us: a vendor's
files are sent to it, and its run comes back. When a worker dies, its vendors are asked again by
another; the runs under way there end at once, and remove what they made.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from verifier.errors import VerifierError
from verifier.fleet.parcels import packed, unpacked
from verifier.fleet.parties import Brought, Party
from verifier.fleet.processes import carried_out
from verifier.runs.assignment import Assignment

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Machines", "carried_out_there"]

LONGEST_SECONDS = 6 * 3600.0


class Machines:
    """
    Carries out orders on a cluster.

    Args:
        client: Of the cluster.
        root: The workspace: the folder above ``specs``.
        longest_seconds: How long is waited for all of them.
    """

    def __init__(
        self, client: Client, root: Path, *, longest_seconds: float = LONGEST_SECONDS
    ) -> None:
        self._client = client
        self._root = root.resolve()
        self._longest_seconds = longest_seconds

    def __call__(self, parties: Sequence[Party]) -> Iterator[Brought]:
        """What came of each, as it comes home."""
        from distributed import as_completed  # an extra

        waiting: dict[Any, Party] = {}
        for party in parties:
            try:
                waiting[self._sent(party)] = party
            except VerifierError as error:
                yield Brought(party.name, says=str(error), code=error.exit_code)
        try:
            for future in as_completed(list(waiting), timeout=self._longest_seconds):
                yield _home(future, waiting.pop(future))
        except TimeoutError:
            for party in waiting.values():
                yield Brought(party.name, says="no machine of the cluster did it in time", code=5)
        finally:
            for future in waiting:
                future.cancel()

    def _sent(self, party: Party) -> Any:
        order = _relative(party.order, self._root)
        folder = self._root / order.where
        beside = self._root / "scenarios" / folder.name
        parcel = packed(self._root, (folder, beside) if beside.is_dir() else (folder,))
        return self._client.submit(
            carried_out_there, party.name, order.as_data(), parcel, pure=False
        )


def carried_out_there(name: str, order: Mapping[str, Any], parcel: bytes) -> tuple[Brought, bytes]:
    """What came of an order on a worker, and its run as a parcel."""
    from distributed import get_worker  # an extra

    scratch = Path(tempfile.mkdtemp(prefix="run-", dir=get_worker().local_directory))
    try:
        unpacked(parcel, scratch)
        party = Party(name, Assignment.from_data(order))
        brought = carried_out(party, where=scratch)
        runs = [path for path in scratch.glob("reports/*/*") if path.is_dir()]
        return brought, packed(scratch, runs)
    except VerifierError as error:
        return Brought(name, says=str(error), code=error.exit_code), b""
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _home(future: Any, party: Party) -> Brought:
    error = future.exception()
    if error is not None:
        says = f"the cluster could not do it: {type(error).__name__}"
        return Brought(party.name, says=says, code=5)
    brought, parcel = future.result()
    try:
        if parcel:
            unpacked(parcel, Path.cwd())
    except VerifierError as failure:
        return Brought(party.name, says=str(failure), code=failure.exit_code)
    return Brought(*brought)


def _relative(order: Assignment, root: Path) -> Assignment:
    """The order with its files named from the workspace, wherever that stands."""

    def named(path: str) -> str:
        return os.path.relpath(Path(path).resolve(), root)

    return replace(
        order,
        where=named(order.where),
        scenarios=tuple(map(named, order.scenarios)),
        mappings=tuple(map(named, order.mappings)),
    )
