"""Write a comparison down in one of the formats."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

import orjson

from verifier import walk
from verifier.diffing import formats
from verifier.diffing.telling import tell
from verifier.errors import UsageError
from verifier.model import Comparison

__all__ = ["changes_schema", "known_formats", "render"]


def render(comparison: Comparison, format: str = "text", *, everything: bool = False) -> bytes:
    """
    A comparison in a format.

    Args:
        everything: Tell harmless changes one by one, where a format would only count them.

    Raises:
        UsageError: The format is not known.
    """
    # Other people's are looked for only where it is none of ours: start-up time.
    known = _own() if format in _own() else known_formats()
    if format not in known:
        raise UsageError(f"there is no format '{format}'", mend=f"Known: {', '.join(known)}.")
    written: bytes = known[format].write(tell(comparison, everything=everything))
    return written


@cache
def known_formats() -> dict[str, ModuleType]:
    """Name to module of every format, ours and other people's."""
    found = walk.modules(formats, group="verifier.diff_formats")
    return {module.NAME: module for module in found} | _own()


@cache
def _own() -> dict[str, ModuleType]:
    return {module.NAME: module for module in walk.modules(formats)}


def changes_schema() -> Any:
    """The JSON Schema of the format ``json``."""
    return orjson.loads(files("verifier.diffing").joinpath("changes.schema.json").read_bytes())
