"""Write a report down in the formats that were asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson

from verifier import walk
from verifier.catalogue import catalogue
from verifier.errors import ConfigError, UsageError, nearest
from verifier.model import Run, Since, Standing, Verdict
from verifier.reporting import formats as folder
from verifier.reporting.compose import PACKAGE, compose
from verifier.reporting.view import View

__all__ = ["FORMATS", "render", "require", "results_schema"]

FORMATS = ("html", "json", "junit", "sarif", "markdown")


def require(formats: Collection[str], language: str = "en") -> None:
    """
    See that these formats can be written in that language, before a run is spent on them.

    Raises:
        UsageError: A format or the language is not known.
        ConfigError: A format needs a program that is not there.
    """
    catalogue(PACKAGE, language)
    known = _known()
    for name in formats:
        if name not in known:
            mend = nearest(name, known, f"Known: {', '.join(sorted(known))}.")
            raise UsageError(f"there is no format '{name}'", mend=mend)
        needed = getattr(known[name], "require", None)
        if needed is not None:
            needed()


def render(
    run: Run,
    verdict: Verdict,
    folder: Path,
    *,
    formats: Collection[str] = FORMATS,
    past: Sequence[Standing] = (),
    known: Collection[str] = (),
    since: Since | None = None,
) -> dict[str, Path]:
    """
    Write the report into a folder.

    Args:
        past: How earlier runs of the vendor ended, the oldest first.
        known: Fingerprints of failures that are in a baseline.
        since: What changed from an earlier run.

    Returns:
        Format to the file written.

    Raises:
        UsageError: A format is not known.
        ConfigError: The folder cannot be written, or a format needs a program that is not there.
    """
    require(formats, verdict.language)
    writers = _known()
    view = compose(run, verdict, past=past, known=known, since=since)
    return {name: _written(writers[name], view, folder) for name in formats}


def _written(format: ModuleType, view: View, folder: Path) -> Path:
    """One format: its file, and what stands beside it."""
    path = folder / str(format.FILENAME)
    beside: Mapping[str, bytes] = format.beside(view) if hasattr(format, "beside") else {}
    parts = {path.name: format.write(view), **beside}
    for name, data in parts.items():
        _write(path.parent / name, data)
    return path


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ConfigError(
            f"the report cannot be written: {error.strerror}",
            where=str(path),
            mend="Is the disk full, or the folder not yours? Name another one: --output FOLDER.",
        ) from error


def results_schema() -> Any:
    """The JSON Schema of ``results.json``."""
    text = files("verifier.reporting").joinpath("results.schema.json").read_bytes()
    return orjson.loads(text)


def _known() -> dict[str, ModuleType]:
    return {module.NAME: module for module in walk.modules(folder, group="verifier.formats")}
