"""
What a YAML text became, kept as JSON by the text's digest: the second load costs a JSON load.

Kept under ``$VERIFIER_CACHE``, or ``~/.cache/verifier``; ``VERIFIER_CACHE=off`` keeps nothing.
Losing it costs time only, so what goes wrong here stays silent.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import orjson

__all__ = ["folder", "keep", "kept"]

READING = 1
"""Raised whenever the same text would be read differently."""

SMALLEST_KEPT_BYTES = 64 * 1024
LARGEST_CACHE_BYTES = 256 * 1024 * 1024
OFF = ("off", "0", "no", "none")
MISSING = object()


def folder() -> Path | None:
    """Where it is kept; None where it is switched off."""
    named = os.environ.get("VERIFIER_CACHE")
    if named is not None and (not named.strip() or named.strip().lower() in OFF):
        return None
    if named:
        return Path(named) / "parsed"
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "verifier" / "parsed"


def kept(digest: str, size_bytes: int) -> Any:
    """The value of a text with that SHA-256; ``MISSING`` where none is kept or it is damaged."""
    where = folder()
    if where is None or size_bytes < SMALLEST_KEPT_BYTES:
        return MISSING
    path = where / f"{digest}-{READING}.json"
    try:
        raw = path.read_bytes()
        seal, value = raw[:64], memoryview(raw)[65:]
        if hashlib.sha256(value).hexdigest().encode() != seal:
            return MISSING
        found = orjson.loads(value)
    except (OSError, ValueError):
        return MISSING
    # The oldest goes first when there are too many, and age is that of the last use.
    with contextlib.suppress(OSError):
        os.utime(path)
    return found


def keep(digest: str, size_bytes: int, written: bytes) -> None:
    """
    Keep what a text became.

    Args:
        written: The value as JSON, which must hold it exactly; empty keeps nothing.
    """
    where = folder()
    if where is None or size_bytes < SMALLEST_KEPT_BYTES or not written:
        return
    seal = hashlib.sha256(written).hexdigest().encode()
    with contextlib.suppress(OSError):
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=where, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines((seal, b"\n", written))
            # Renaming is atomic: another process sees the whole file or none.
            os.replace(name, where / f"{digest}-{READING}.json")
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
        _make_room(where)


def _make_room(where: Path) -> None:
    files = sorted(
        ((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(where)),
        reverse=True,
    )
    total = 0
    for _, size, path in files:
        total += size
        if total > LARGEST_CACHE_BYTES:
            with contextlib.suppress(OSError):
                os.unlink(path)
