"""A folder of its own for each start of a program: nothing leaks from one to the next."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verifier.errors import ConfigError

__all__ = ["workplace"]

DEPENDENCIES = ("node_modules", ".venv", "venv", "vendor", "site-packages")
LEFT_OUT = (".git", "__pycache__", ".pytest_cache", ".mypy_cache", "reports")
LARGEST_BYTES = 64 * 1024 * 1024


@contextmanager
def workplace(original: Path) -> Iterator[Path]:
    """
    A copy of a folder while the block runs; folders of dependencies are linked, not copied.

    Raises:
        ConfigError: It is too large to be copied for every start.
    """
    with tempfile.TemporaryDirectory(prefix="verifier-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "work"
        home.mkdir()
        _copy(original, home, [LARGEST_BYTES], original)
        yield home


def _copy(source: Path, target: Path, left: list[int], original: Path) -> None:
    for entry in os.scandir(source):
        if entry.name in LEFT_OUT:
            continue
        place = target / entry.name
        if entry.name in DEPENDENCIES or entry.is_symlink():
            place.symlink_to(os.path.realpath(entry.path))
        elif entry.is_dir():
            place.mkdir()
            _copy(Path(entry.path), place, left, original)
        elif entry.is_file():
            left[0] -= entry.stat().st_size
            if left[0] < 0:
                raise ConfigError(
                    f"the folder holds more than {LARGEST_BYTES // 1024 // 1024} MiB",
                    where=str(original),
                    mend="It is copied for each start: give a smaller one as 'workdir'.",
                )
            shutil.copy2(entry.path, place)
