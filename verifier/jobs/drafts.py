"""Drafts of scenarios: drawn from a vendor's document or a recording, and rehearsed on its mock."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import orjson
from msgspec import Struct

from verifier import generating, loading, pipeline, recording
from verifier.errors import ConfigError, UsageError
from verifier.model import Contract, Status, Vendor
from verifier.runs.assignment import Assignment
from verifier.scenarios import drafting
from verifier.scenarios.drafting import LeftOut, Plot

__all__ = ["Drafts", "draft"]

LARGEST_ARCHIVE_BYTES = 256 * 1024 * 1024
ENOUGH_REQUESTS = 20_000
RUN_IT = "Run it:  verifier run {file} --mock"
OF_RESOURCES = "Drafted from the document: change what your integration does otherwise."
OF_A_RECORDING = "Drafted from a recording: its values were sent once. Are there people in them?"


class Drafts(Struct, frozen=True, kw_only=True):
    """
    What was drafted.

    Args:
        text: The Arazzo document; empty where nothing could be drafted.
        workflows: Ids of the workflows in it.
        left_out: What is not in it, and why.
    """

    text: str
    workflows: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def draft(
    where: str,
    *,
    output: Path,
    resources: Sequence[str] = (),
    archive: str = "",
    overlays: Sequence[str] = (),
    unproved: bool = False,
) -> Drafts:
    """
    Workflows that hold against the vendor's mock.

    Args:
        where: The vendor: its folder or its document.
        output: Where the text will be: it refers to the document from there.
        resources: Only the lives of these.
        archive: An HTTP Archive (HAR) to draft from instead.
        unproved: Keep what does not hold against the mock, too.

    Raises:
        UsageError: A resource was named that the document does not have.
        ConfigError: The archive cannot be read.
    """
    vendor = loading.load_vendor(where, overlays=tuple(overlays))
    cases = generating.Cases(vendor.contract, seed=0, fixtures=vendor.fixtures, deep=False)
    _known(resources, vendor.contract)
    if archive:
        entries = _entries(archive)
        found = drafting.recorded(vendor.contract, cases, entries, id=_id(archive))
    else:
        found = drafting.drafted(vendor.contract, cases, resources)
    plots, left_out = found.plots, found.left_out
    said = OF_A_RECORDING if archive else OF_RESOURCES
    remark = f"{said}\n{RUN_IT.format(file=output.name)}"
    if plots and not unproved:
        fallen = _fallen(vendor, where, plots, overlays)
        plots = tuple(plot for plot in plots if plot.id not in fallen)
        left_out = (*left_out, *(LeftOut(id, says) for id, says in fallen.items()))
    url = _url(vendor.contract, output)
    text = drafting.written(vendor.contract, plots, url=url, remark=remark) if plots else ""
    return Drafts(text=text, workflows=tuple(plot.id for plot in plots), left_out=left_out)


def _known(resources: Sequence[str], contract: Contract) -> None:
    names = [resource.name for resource in contract.resources]
    for name in resources:
        if name not in names:
            raise UsageError(
                f"no resource '{name}' was recognised",
                mend=f"There are: {', '.join(names) or 'none'}.",
            )


def _entries(archive: str) -> tuple[drafting.Entry, ...]:
    path = Path(archive)
    mend = "Save one from a browser's network panel (HAR), or take a run's exchanges.har."
    try:
        if path.stat().st_size > LARGEST_ARCHIVE_BYTES:
            raise ConfigError("the recording is too large", where=archive, mend=mend)
        return drafting.entries_of(orjson.loads(path.read_bytes()), recording.Redaction().clean)
    except OSError as error:
        raise ConfigError(
            f"it cannot be read: {error.strerror}", where=archive, mend=mend
        ) from error
    except ValueError as error:
        raise ConfigError(f"it is no HTTP Archive: {error}", where=archive, mend=mend) from error


def _id(archive: str) -> str:
    return "recorded-" + (drafting.kebab(Path(archive).stem) or "calls")


def _fallen(
    vendor: Vendor, where: str, plots: Sequence[Plot], overlays: Sequence[str]
) -> Mapping[str, str]:
    """Ids of the workflows that do not hold against the mock, and what was seen."""
    with tempfile.TemporaryDirectory(prefix="verifier-draft-") as folder:
        file = Path(folder) / "draft.arazzo.yaml"
        url = _url(vendor.contract, file)
        file.write_text(drafting.written(vendor.contract, plots, url=url, remark=""), "utf-8")
        done = pipeline.evaluate(
            Assignment(
                where=where,
                scenarios=(str(file),),
                only=("scenario.*",),
                overlays=tuple(overlays),
                mock=True,
                budget=ENOUGH_REQUESTS,
                folder=Path(folder) / "run",
                formats=("json",),
            )
        )
    return {
        outcome.check.removeprefix("scenario.draft."): (
            outcome.findings[0].says if outcome.findings else outcome.reason
        )
        for outcome in done.run.outcomes
        if outcome.status is not Status.PASS
    }


def _url(contract: Contract, output: Path) -> str:
    """The document's address, from where the scenario is."""
    location = contract.document.source.location
    if "://" in location:
        return location
    try:
        relative = os.path.relpath(Path(location).resolve(), output.resolve().parent)
    except ValueError:  # another drive
        return Path(location).resolve().as_uri()
    return quote(Path(relative).as_posix())
