"""Folders that travel: a vendor's to a worker, a run's back home."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from verifier.errors import ConfigError

__all__ = ["packed", "unpacked"]

LARGEST_BYTES = 512 * 1024 * 1024
MOST_FILES = 20_000


def packed(root: Path, places: Iterable[Path]) -> bytes:
    """
    Files and folders below a root as one parcel.

    Raises:
        ConfigError: There is too much of it, or it cannot be read.
    """
    parcel, size, count = io.BytesIO(), 0, 0
    try:
        with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in _files(places):
                size, count = size + path.stat().st_size, count + 1
                if size > LARGEST_BYTES or count > MOST_FILES:
                    raise ConfigError(
                        f"more than {LARGEST_BYTES >> 20} MiB or {MOST_FILES} files to send",
                        where=str(root),
                        mend="Keep in a vendor's folder what belongs to it, and no reports.",
                    )
                pack.write(path, path.relative_to(root).as_posix())
    except OSError as error:
        raise ConfigError(f"it cannot be sent: {error}", where=str(root)) from error
    return parcel.getvalue()


def _files(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        inner = place.rglob("*") if place.is_dir() else (place,)
        yield from sorted(path for path in inner if path.is_file())


def unpacked(parcel: bytes, root: Path) -> None:
    """
    The files of a parcel, below a root.

    Raises:
        ConfigError: It is spoilt, or holds too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(parcel)) as pack:
            if sum(file.file_size for file in pack.infolist()) > LARGEST_BYTES:
                raise ConfigError("what came holds too much", where=str(root))
            pack.extractall(root)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ConfigError(f"what came is spoilt: {error}", where=str(root)) from error
