"""A pinned copy of a document: its author's bytes, where they came from, and their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from verifier.errors import DocumentError
from verifier.loading.sheet import Sheet, read_sheet
from verifier.loading.shelves import file_bytes
from verifier.model import UnresolvedReference

__all__ = ["NAME", "PINNED", "PinnedShelf", "is_pinned"]

NAME = "source.json"
PINNED = "verifier-pinned-document"


def is_pinned(folder: Path) -> bool:
    """Whether a folder is a pinned copy."""
    try:
        note = orjson.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(note, Mapping) and note.get("kind") == PINNED


class PinnedShelf:
    """
    The files of a pinned copy, each compared with its digest, under their author's names.

    Raises:
        DocumentError: What stands in the folder is not what was pinned.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note: Mapping[str, Any] = orjson.loads((folder / NAME).read_bytes())
        try:
            document = self._note["document"]
            self.location = str(document["location"])
            self.entry = str(document["name"])
            self.overlays = tuple(self._overlay(o) for o in self._note["overlays"])
            self._files = {str(file["name"]): file for file in self._note["files"]}
        except (KeyError, TypeError, AttributeError):
            raise DocumentError(
                "The note of the pinned copy is incomplete",
                where=str(folder / NAME),
                mend="Load the document from its origin again.",
            ) from None

    def _overlay(self, file: Mapping[str, Any]) -> Sheet:
        return read_sheet(self._bytes(file), str(file["location"]), strict=True)

    def entry_bytes(self) -> bytes:
        """The entry document."""
        return self._bytes(self._note["document"])

    def take(self, name: str) -> tuple[bytes, str]:
        """A further file; what was not pinned is not looked for anywhere else."""
        file = self._files.get(name)
        if file is None:
            raise UnresolvedReference(f"{name} is not in the pinned copy")
        return self._bytes(file), str(file["location"])

    def _bytes(self, file: Mapping[str, Any]) -> bytes:
        path = self._folder / str(file["path"])
        if not path.resolve().is_relative_to(self._folder.resolve()):
            raise DocumentError("The pinned copy leads out of its folder", where=str(path))
        raw = file_bytes(path)
        if hashlib.sha256(raw).hexdigest() != file["sha256"]:
            raise DocumentError(
                "The file is not the one that was pinned: its digest differs",
                where=str(path),
                mend=f"Restore it, or load the document from its origin: {file['location']}",
            )
        return raw
