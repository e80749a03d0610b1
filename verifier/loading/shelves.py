"""Where the files of a document come from: a folder, a web address, or a pinned copy."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urljoin, urlsplit

from verifier.errors import DocumentError
from verifier.loading.allowance import Allowance
from verifier.loading.fetching import Fetched, fetch, is_address, origin, without_credentials
from verifier.loading.sheet import Sheet
from verifier.loading.text import check_size
from verifier.model import UnresolvedReference

__all__ = ["FolderShelf", "Shelf", "WebShelf", "file_bytes", "standing", "unreadable"]


class Shelf(Protocol):
    """
    The files of one document, by the name that its references give them.

    A name is a path relative to the entry document's folder, or a web address. ``overlays`` are
    those that belong to a pinned copy.
    """

    location: str
    entry: str
    overlays: tuple[Sheet, ...]

    def entry_bytes(self) -> bytes:
        """The entry document; DocumentError where it cannot be had."""

    def take(self, name: str) -> tuple[bytes, str]:
        """A further file and its location; UnresolvedReference where it may or can not be had."""


def file_bytes(path: Path) -> bytes:
    """
    A file's bytes, bounded.

    Raises:
        DocumentError: It is missing, no file, too large, or may not be read.
    """
    try:
        # Asked before it is opened: opening a pipe waits for its other end.
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise DocumentError(
                "This is no ordinary file", where=str(path), mend="Give a file or a folder."
            )
        with path.open("rb") as file:
            check_size(os.fstat(file.fileno()).st_size, str(path))
            return file.read()
    except (OSError, ValueError) as error:
        raise unreadable(error, str(path)) from None


def standing(where: str) -> Path:
    """
    The path of what stands there.

    Raises:
        DocumentError: Nothing does; names what is called alike.
    """
    path = Path(where)
    try:
        path.stat()
    except (OSError, ValueError) as error:
        raise unreadable(error, where) from None
    return path


def unreadable(error: OSError | ValueError, where: str) -> DocumentError:
    """The error for a path that cannot be opened, with the mend."""
    if isinstance(error, FileNotFoundError):
        mend = "Check the path; relative paths start at the folder that you are in."
        near = _near(Path(where))
        return DocumentError(
            "There is no such file or folder",
            where=where,
            mend=f"Did you mean {near}?" if near else mend,
        )
    if isinstance(error, IsADirectoryError):
        return DocumentError("This is a folder", where=where, mend="Give a file in it.")
    if isinstance(error, PermissionError):
        return DocumentError(
            "You may not read this file", where=where, mend=f"Run: chmod u+r {where}"
        )
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return DocumentError(f"It cannot be read: {reason}", where=where, mend="Check the path.")


def _near(path: Path) -> str:
    """The file beside it whose name, its ending apart, is most alike; endings are all alike."""
    import difflib  # start-up time

    try:
        names = sorted(os.listdir(path.parent))[:2000]
    except OSError:
        return ""
    stems = {name.rpartition(".")[0] or name: name for name in names}
    found = difflib.get_close_matches(path.stem, stems, n=1, cutoff=0.7)
    return str(path.parent / stems[found[0]]) if found else ""


class FolderShelf:
    """The folder of a document on disk."""

    def __init__(self, path: Path, allow: Allowance) -> None:
        self.location = str(path)
        self.entry = path.name
        self.overlays: tuple[Sheet, ...] = ()
        self._path = path
        self._allow = allow

    def entry_bytes(self) -> bytes:
        """The entry document; a symbolic link to it is the user's own doing."""
        return file_bytes(self._path)

    def take(self, name: str) -> tuple[bytes, str]:
        """A file of the folder; one outside, or on the network, only where that is allowed."""
        if "://" in name:
            return _remote(name, self._allow)
        if "\0" in name:
            raise UnresolvedReference(f"{name!r} is no name of a file")
        folder = self._path.parent
        path = folder / name
        if not self._allow.outside and not _inside(path, folder):
            raise UnresolvedReference(
                f"{name} leads outside the document's folder, which is not allowed"
            )
        if not path.exists():
            raise UnresolvedReference(f"the file {name} does not exist")
        try:
            return file_bytes(path), str(path)
        except DocumentError as error:
            raise UnresolvedReference(f"the file {name}: {error.says}") from None


def _inside(path: Path, folder: Path) -> bool:
    """Whether a path stays in the folder once symbolic links are followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


class WebShelf:
    """The folder of a document on the web: files beside or below it, on the same host."""

    def __init__(self, url: str, allow: Allowance, *, entry: Fetched | None = None) -> None:
        self._asked = url
        self._url = entry.url if entry else url
        self._raw = entry.raw if entry else None
        self._allow = allow
        self.location = without_credentials(url)
        self.entry = unquote(urlsplit(url).path.rpartition("/")[2]) or "openapi"
        self.overlays: tuple[Sheet, ...] = ()

    def entry_bytes(self) -> bytes:
        """The entry document."""
        if self._raw is not None:
            return self._raw
        raw, self._url = fetch(self._asked, elsewhere=self._allow.remote)
        return raw

    def take(self, name: str) -> tuple[bytes, str]:
        """A file of the same folder of the same host; others only where that is allowed."""
        url = urljoin(self._url, name)
        folder = urljoin(self._url, ".")
        if origin(url) == origin(folder) and _below(url, folder):
            return _fetched(url, elsewhere=self._allow.remote)
        return _remote(url, self._allow)


def _below(url: str, folder: str) -> bool:
    path = unquote(urlsplit(url).path)
    return path.startswith(unquote(urlsplit(folder).path)) and ".." not in path.split("/")


def _remote(url: str, allow: Allowance) -> tuple[bytes, str]:
    if not is_address(url):
        raise UnresolvedReference(f"{url} is neither a file of the document nor a web address")
    if not allow.remote:
        raise UnresolvedReference(
            f"{without_credentials(url)} is on the network, and references may not go there"
        )
    return _fetched(url, elsewhere=True)


def _fetched(url: str, *, elsewhere: bool) -> tuple[bytes, str]:
    try:
        return fetch(url, elsewhere=elsewhere)[0], without_credentials(url)
    except DocumentError as error:
        raise UnresolvedReference(f"{error.where}: {error.says}") from None
