"""What stands behind a document that was loaded: its files, and the overlays on it."""

from __future__ import annotations

import weakref

from msgspec import Struct

from verifier.loading.changed import Changed
from verifier.loading.files import Files
from verifier.loading.sheet import Sheet
from verifier.model import Contract, Document, Place, Pointer

__all__ = ["Opened", "opened_of", "own_files", "read_on", "remember"]


class Opened(Struct, frozen=True, kw_only=True, eq=False):
    """
    The files of a document.

    Args:
        files: The entry document and what its references lead to.
        overlaid: The author's document with the overlays applied.
        held: The same in OpenAPI 3 shape.
        overlays: The overlays, in the order in which they were applied.
    """

    files: Files
    overlaid: Changed
    held: Changed
    overlays: tuple[Sheet, ...] = ()

    def find(self, at: Pointer) -> Place:
        """File, line and column of a node."""
        if not at.file:
            spot = self.held.lead(at.path)
        elif at.file in self.overlaid.sheets:
            return self.overlaid.sheets[at.file].place(at.path)
        elif self.files.is_entry(at.file):
            spot = self.overlaid.lead(at.path)
        else:
            return self.files.place(at)
        return spot.sheet.place(spot.path)


_OPENED: weakref.WeakKeyDictionary[Document, Opened] = weakref.WeakKeyDictionary()


def remember(document: Document, opened: Opened) -> None:
    """Keep what stands behind a document for as long as the document lives."""
    _OPENED[document] = opened


def opened_of(document: Document) -> Opened | None:
    """What stands behind a document; None where it was not loaded from files."""
    return _OPENED.get(document)


def read_on(document: Document) -> None:
    """Read every further file that a skimmed document leads to, before somebody waits for one."""
    opened = opened_of(document)
    if opened is not None:
        opened.files.reach()


def own_files(contract: Contract) -> dict[str, bytes]:
    """
    The bytes of a document that was loaded: its own first, then what its references reach.

    Returns:
        By name: a path below the document's folder. What stands elsewhere on the network is not
        among them.
    """
    opened = _OPENED[contract.document]
    further = opened.files.reach().items()
    own = {opened.files.shelf.entry: opened.files.entry.raw}
    return own | {name: sheet.raw for name, sheet in further if "://" not in name}
