"""A file for each piece of news, named after it: a folder that anything can pick up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verifier.loading.declaration import Member, Text
from verifier.model import Announcement, Reveal
from verifier.watching.wording import as_markdown

__all__ = ["FIELDS", "KIND", "build"]

KIND = "file"
FIELDS = {"folder": Member(kind=Text(), says="Where the files go.", required=True)}


class FileChannel:
    """Writes each file whole or not at all; what lies there already is not written again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, news: Announcement) -> None:
        """Write the file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{news.day}-{news.vendor}-{news.kind}-{news.id[:8]}.md"
        if path.exists():
            return  # told already: whoever waits for changes in the folder is not woken twice
        draft = path.with_suffix(f".{os.getpid()}.part")
        draft.write_text(as_markdown(news), "utf-8", "replace")
        os.replace(draft, path)


def build(given: Mapping[str, Any], *, folder: Path, reveal: Reveal) -> FileChannel:
    """A folder, beside watch.yaml where it is relative."""
    return FileChannel(folder / given["folder"])
