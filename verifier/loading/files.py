"""The files of one document: each read once, when it is first needed, and bounded in all."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag

from verifier.errors import DocumentError
from verifier.loading.bounds import LARGEST_TREE_BYTES, MOST_FILES
from verifier.loading.sheet import Sheet, read_sheet
from verifier.loading.shelves import Shelf
from verifier.model import Place, Pointer, Problem, UnresolvedReference
from verifier.model.document import join_reference

__all__ = ["Files", "duplicate_problems", "references"]


class Files:
    """
    Hands out the files of a document by the name that references give them.

    Args:
        root: The entry document as its author wrote it, overlays applied.
    """

    def __init__(self, shelf: Shelf, entry: Sheet, root: Any) -> None:
        self.shelf = shelf
        self.entry = entry
        self._root = root
        self._sheets: dict[str, Sheet | UnresolvedReference] = {}
        self._bytes_read = entry.size_bytes
        self._named: dict[str, Any] | None = None

    def read(self, file: str) -> Any:
        """
        The parsed root of a file.

        Raises:
            UnresolvedReference: It may or can not be read; says why.
        """
        if self.is_entry(file):
            return self._root
        if "://" in file:
            named = self._by_identifier(file)
            if named is not None:
                return named
        return self.sheet(file).root

    def is_entry(self, file: str) -> bool:
        """Whether a name means the entry document."""
        return file in ("", self.shelf.entry, posixpath.normpath(self.shelf.entry))

    def sheet(self, file: str) -> Sheet:
        """
        A further file; a failure is remembered, so that it is tried once.

        Raises:
            UnresolvedReference: It may or can not be read; says why.
        """
        found = self._sheets.get(file)
        if found is None:
            try:
                found = self._read(file)
            except UnresolvedReference as error:
                found = error
            self._sheets[file] = found
        if isinstance(found, Sheet):
            return found
        raise UnresolvedReference(*found.args)

    def _read(self, file: str) -> Sheet:
        if len(self._sheets) >= MOST_FILES:
            raise UnresolvedReference(f"{file} would be one file more than {MOST_FILES:,}")
        raw, location = self.shelf.take(file)
        self._bytes_read += len(raw)
        if self._bytes_read > LARGEST_TREE_BYTES:
            raise UnresolvedReference(
                f"{file} would make the document larger than {LARGEST_TREE_BYTES >> 20} MiB"
            )
        try:
            return read_sheet(raw, location)
        except DocumentError as error:
            raise UnresolvedReference(f"{error.where}: {error.says}") from None

    def place(self, at: Pointer) -> Place:
        """Where a node of a further file stands; without a line where it cannot be read."""
        try:
            return self.sheet(at.file).place(at.path)
        except UnresolvedReference:
            return Place(file=at.file, pointer=at.path)

    def _by_identifier(self, uri: str) -> Any:
        """What names itself so (``$id``, ``$self``), without any fetching."""
        if self._named is None:
            self._named = dict(_identified(self._root)) if self._identifies() else {}
        return self._named.get(uri)

    def _identifies(self) -> bool:
        return b"$id" in self.entry.text or b"$self" in self.entry.text

    def sheets(self) -> dict[str, Sheet]:
        """Every further file read so far, by name."""
        known = list(self._sheets.items())  # another thread may read one more
        return {name: s for name, s in known if isinstance(s, Sheet)}

    def reach(self) -> dict[str, Sheet]:
        """Every further file that references lead to, from the entry and from each other."""
        waiting: list[tuple[str, Any]] = [("", self._root)]
        waiting += [(name, sheet.root) for name, sheet in self.sheets().items()]
        seen = {name for name, _ in waiting}
        while waiting:
            base, root = waiting.pop()
            for name in {*references(root, base)} - seen:
                seen.add(name)
                if self.is_entry(name):
                    continue
                try:
                    waiting.append((name, self.sheet(name).root))
                except UnresolvedReference:
                    continue
        return self.sheets()

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the further files read so far."""
        for name, sheet in self.sheets().items():
            yield from duplicate_problems(sheet, name)


def duplicate_problems(sheet: Sheet, file: str) -> Iterator[Problem]:
    """A problem for each key that stands twice."""
    for twice in sheet.duplicates:
        yield Problem(
            says=f"'{twice.name}' stands twice in one object, on lines {twice.first_line} and"
            f" {twice.second_line}; the second was read",
            at=Pointer(file, twice.pointer),
            mend="Keep one of the two.",
        )


def references(root: Any, base: str) -> Iterator[str]:
    """The names of the other files that the references of a file lead to."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and not reference.startswith("#"):
                yield join_reference(base, urldefrag(reference)[0])
            waiting.extend(v for v in node.values() if isinstance(v, (dict, list)))
        elif isinstance(node, list):
            waiting.extend(v for v in node if isinstance(v, (dict, list)))


def _identified(root: Any) -> Iterator[tuple[str, Any]]:
    waiting = [root]
    if isinstance(root, dict) and isinstance(root.get("$self"), str):
        yield urldefrag(root["$self"])[0], root
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$id"), str):
                yield urldefrag(unquote(node["$id"]))[0], node
            waiting.extend(v for v in node.values() if isinstance(v, (dict, list)))
        elif isinstance(node, list):
            waiting.extend(v for v in node if isinstance(v, (dict, list)))
