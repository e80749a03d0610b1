"""Write a report down in the formats that were asked for."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson

from verifier import walk
from verifier.errors import ConfigError, UsageError
from verifier.model import Run, Verdict
from verifier.reporting import formats as folder
from verifier.reporting.compose import compose

__all__ = ["FORMATS", "render", "results_schema"]

FORMATS = ("html", "json", "junit", "markdown")


def render(
    run: Run, verdict: Verdict, folder: Path, *, formats: Collection[str] = FORMATS
) -> dict[str, Path]:
    """
    Write the report into a folder.

    Returns:
        Format to the file written.

    Raises:
        UsageError: A format is not known.
        ConfigError: The folder cannot be written.
    """
    known = _known()
    unknown = [name for name in formats if name not in known]
    if unknown:
        raise UsageError(
            f"there is no format '{unknown[0]}'", mend=f"Known: {', '.join(sorted(known))}."
        )
    view = compose(run, verdict)
    written = {}
    for name in formats:
        path = folder / known[name].FILENAME
        try:
            path.write_bytes(known[name].write(view))
        except OSError as error:
            raise ConfigError(
                f"the report cannot be written: {error.strerror}",
                where=str(path),
                mend="Is the disk full, or the folder read-only?",
            ) from error
        written[name] = path
    return written


def results_schema() -> Any:
    """The JSON Schema of ``results.json``."""
    text = files("verifier.reporting").joinpath("results.schema.json").read_bytes()
    return orjson.loads(text)


def _known() -> dict[str, ModuleType]:
    return {module.NAME: module for module in walk.modules(folder, group="verifier.formats")}
