"""A folder in which a proxy's exchanges are kept, as those of a run are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from verifier import loading
from verifier.model import Plan, RunFacts, Vendor
from verifier.recording import Recorder

__all__ = ["recorded"]


@contextmanager
def recorded(vendor: Vendor, folder: Path, base_url: str) -> Iterator[Recorder]:
    """
    Keep exchanges while the block runs, and the document that they were held against.

    Raises:
        ConfigError: The folder holds a run already, or cannot be written.
    """
    source = vendor.contract.document.source
    facts = RunFacts(
        id=folder.name,
        vendor=vendor.name,
        title=vendor.contract.title,
        mode="live",
        environment=vendor.environment.value,
        base_url=base_url,
        document=source.location,
        digest=source.digest,
        seed=0,
        started=time.time(),
        tool_version=_version(),
        settings={"proxy": True},
    )
    recorder = Recorder.create(folder, facts, Plan(items=(), omitted=()), {})
    try:
        loading.pin(vendor.contract, folder / "document")
        yield recorder
        recorder.finish(interrupted=False)
    finally:
        recorder.close()


def _version() -> str:
    try:
        return version("vendor-verifier")
    except PackageNotFoundError:
        return ""
