"""Notices that a file was changed: by looking, which works on every system and every disk."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from verifier.errors import UsageError

__all__ = ["Watch"]

LOOKS_EVERY_SECONDS = 0.4
MOST_FILES = 1000
RUN = "journal.sqlite"
KINDS = frozenset({".yaml", ".yml", ".json", ".toml"})
Look = Mapping[Path, tuple[int, int]]


class Watch:
    """
    Looks at files, and at whatever documents stand in their folders.

    Args:
        paths: Files and folders.

    Raises:
        UsageError: None of them is on this machine.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        if not paths:
            raise UsageError("only files can be watched", mend="Leave --watch out, or name a file.")
        self._paths = tuple(paths)
        self._seen = self._look()

    async def changed(self) -> tuple[Path, ...]:
        """Wait until something was changed, and stays as it is for a moment; gives what."""
        while True:
            await asyncio.sleep(LOOKS_EVERY_SECONDS)
            now = await asyncio.to_thread(self._look)
            if now == self._seen:
                continue
            before, self._seen = self._seen, now
            await asyncio.sleep(LOOKS_EVERY_SECONDS / 2)
            self._seen = await asyncio.to_thread(self._look)
            paths = {*before, *self._seen}
            return tuple(sorted(p for p in paths if before.get(p) != self._seen.get(p)))

    def _look(self) -> Look:
        found: dict[Path, tuple[int, int]] = {}
        for path in _files(self._paths):
            try:
                facts = path.stat()
            except OSError:
                continue
            found[path] = (facts.st_mtime_ns, facts.st_size)
            if len(found) >= MOST_FILES:
                break
        return found


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files first, then what else a document could refer to beside or below them."""
    folders = []
    for path in paths:
        if path.is_dir():
            folders.append(path)
        else:
            yield path
            folders.append(path.parent)
    for folder in dict.fromkeys(folders):
        for where, below, names in os.walk(folder):
            if RUN in names:
                # A report, whose files change while the mock is asked: no part of any document.
                below.clear()
                continue
            below[:] = sorted(n for n in below if n != "node_modules" and not n.startswith("."))
            yield from (Path(where, n) for n in sorted(names) if Path(n).suffix.lower() in KINDS)
