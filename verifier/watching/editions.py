"""A vendor's document as it is today: fetched only if it changed, kept under its digest."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import orjson
from msgspec import Struct

from verifier import loading
from verifier.errors import DocumentError
from verifier.loading.pinned import NAME
from verifier.model import Contract

__all__ = ["Edition", "EditionMissing", "Fetch", "Library", "fetch"]

LARGEST_PARCEL_BYTES = 512 * 1024 * 1024


class EditionMissing(DocumentError):  # noqa: N818  (named as what is the case)
    """An edition that is kept elsewhere, or nowhere."""


class Edition(Struct, frozen=True, kw_only=True):
    """
    What was fetched.

    Args:
        contract: None where the document did not change since the validators were given out.
        validators: ``etag`` and ``modified``, to be given back the next time.
    """

    contract: Contract | None
    validators: Mapping[str, str]


class Fetch(Protocol):
    """Where documents come from."""

    def __call__(self, document: str, validators: Mapping[str, str]) -> Edition:
        """The document, unless it is the same; DocumentError where it cannot be had or read."""


def fetch(document: str, validators: Mapping[str, str]) -> Edition:
    """From a file, a folder or an address (a conditional request: RFC 9110, 13.1)."""
    contract, fresh = loading.load_if_changed(document, validators)
    return Edition(contract=contract, validators=fresh)


class Library:
    """
    The editions of all vendors on disk, each in a folder named after its digest.

    Args:
        folder: ``<vendor>/<digest>`` below it, byte for byte as the vendor wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, vendor: str, contract: Contract) -> str:
        """
        Keep an edition, once.

        Returns:
            Its digest, over the entry document and everything that it refers to.
        """
        shelf = self._folder / vendor
        shelf.mkdir(parents=True, exist_ok=True)
        fresh = shelf / "new"
        shutil.rmtree(fresh, ignore_errors=True)
        loading.pin(contract, fresh)
        return self._placed(shelf, fresh)

    def _placed(self, shelf: Path, fresh: Path) -> str:
        """Put a folder where its digest says, unless what stands there is whole."""
        digest = _digest(fresh)
        home = shelf / digest
        if home.exists() and _whole(home):
            shutil.rmtree(fresh)
        else:
            _settled(fresh)
            shutil.rmtree(home, ignore_errors=True)
            fresh.rename(home)
        return digest

    def load(self, vendor: str, digest: str) -> Contract:
        """
        An edition that was kept.

        Raises:
            EditionMissing: It is not here.
            DocumentError: It was spoilt.
        """
        home = self._folder / vendor / digest
        if not (home / NAME).is_file():
            raise EditionMissing("it is not there any more", where=str(home))
        return loading.load(home, resources=False, skimmed=True)

    def holds(self, vendor: str, digest: str) -> bool:
        """Whether an edition is here."""
        return (self._folder / vendor / digest / NAME).is_file()

    def packed(self, vendor: str, digest: str) -> bytes:
        """An edition as one parcel; empty where it is not here."""
        home = self._folder / vendor / digest
        if not self.holds(vendor, digest):
            return b""
        parcel = io.BytesIO()
        with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in sorted(path for path in home.rglob("*") if path.is_file()):
                pack.write(path, path.relative_to(home).as_posix())
        return parcel.getvalue()

    def unpack(self, vendor: str, digest: str, parcel: bytes) -> None:
        """
        Keep an edition that came as a parcel.

        Raises:
            EditionMissing: It is not the edition that it is said to be.
        """
        shelf = self._folder / vendor
        shelf.mkdir(parents=True, exist_ok=True)
        fresh = shelf / "new"
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            with zipfile.ZipFile(io.BytesIO(parcel)) as pack:
                if sum(file.file_size for file in pack.infolist()) > LARGEST_PARCEL_BYTES:
                    raise EditionMissing("its parcel is too large", where=f"{vendor}/{digest}")
                pack.extractall(fresh)
            if _digest(fresh) != digest or not _whole(fresh):
                raise EditionMissing("its parcel holds another", where=f"{vendor}/{digest}")
        except (zipfile.BadZipFile, OSError, ValueError, LookupError) as error:
            raise EditionMissing("its parcel is spoilt", where=f"{vendor}/{digest}") from error
        self._placed(shelf, fresh)


def _parts(folder: Path) -> list[dict[str, Any]]:
    note: dict[str, Any] = orjson.loads((folder / NAME).read_bytes())
    return [note["document"], *note["files"], *note["overlays"]]


def _digest(folder: Path) -> str:
    seed = "\n".join(f"{part['name']} {part['sha256']}" for part in _parts(folder))
    return hashlib.sha256(seed.encode()).hexdigest()[:32]


def _whole(folder: Path) -> bool:
    """Whether every byte is the one that was pinned."""
    try:
        return all(
            hashlib.sha256((folder / part["path"]).read_bytes()).hexdigest() == part["sha256"]
            for part in _parts(folder)
        )
    except (OSError, ValueError, LookupError):
        return False


def _settled(folder: Path) -> None:
    """On the disk, so that a power cut leaves no name without its bytes."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
