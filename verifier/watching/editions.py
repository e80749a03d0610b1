"""A vendor's document as it is today: fetched only if it changed, kept under its digest."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import orjson

from verifier import loading
from verifier.loading.pinned import NAME
from verifier.model import Contract

__all__ = ["Edition", "Fetch", "Library", "fetch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
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
        digest = _digest(fresh)
        home = shelf / digest
        if home.exists():
            shutil.rmtree(fresh)
        else:
            fresh.rename(home)
        return digest

    def load(self, vendor: str, digest: str) -> Contract:
        """An edition that was kept; DocumentError where it was spoilt."""
        return loading.load(self._folder / vendor / digest, resources=False)


def _digest(folder: Path) -> str:
    note: dict[str, Any] = orjson.loads((folder / NAME).read_bytes())
    parts = [note["document"], *note["files"], *note["overlays"]]
    seed = "\n".join(f"{part['name']} {part['sha256']}" for part in parts)
    return hashlib.sha256(seed.encode()).hexdigest()[:32]
