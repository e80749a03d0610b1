"""Keeping the document that a verdict rests on, byte for byte."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import orjson

from verifier.loading.opened import opened_of
from verifier.loading.pinned import NAME, PINNED
from verifier.loading.sheet import Sheet
from verifier.model import Contract

__all__ = ["pin"]

PLAIN = re.compile(r"(?!\.)[\w.-]{1,100}(?:/(?!\.)[\w.-]{1,100}){0,20}\Z", re.ASCII)
RESERVED = ("further", "overlays")


def pin(contract: Contract, folder: Path, *, pinned_at: str = "") -> Path:
    """
    Copy a document's own bytes, with every file that its references reach and its overlays.

    ``load`` of the folder gives an equal contract, places included, and refuses it when a byte of
    it has changed.

    Args:
        folder: Made where it does not exist.
        pinned_at: When, in ISO 8601; noted as it is given.

    Returns:
        The folder.
    """
    opened = opened_of(contract.document)
    note: dict[str, Any] = {"kind": PINNED, "pinned_at": pinned_at, "files": [], "overlays": []}
    folder.mkdir(parents=True, exist_ok=True)
    if opened is None:
        source = contract.document.source
        raw = orjson.dumps(contract.document.root, option=orjson.OPT_NON_STR_KEYS)
        note["document"] = _keep(folder, "document.json", raw, source.location)
    else:
        name, entry = opened.files.shelf.entry, opened.files.entry
        path = _path(name, f"document.{entry.format}")
        note["document"] = _keep(folder, path, entry.raw, entry.location, name)
        note["files"] = [
            _keep(folder, _path(name, _hashed(name, sheet)), sheet.raw, sheet.location, name)
            for name, sheet in sorted(opened.files.reach().items())
        ]
        note["overlays"] = [
            _keep(folder, f"overlays/{index}.{sheet.format}", sheet.raw, sheet.location)
            for index, sheet in enumerate(opened.overlays)
        ]
    # Written last: a copy that was interrupted is no pinned copy.
    (folder / NAME).write_bytes(orjson.dumps(note, option=orjson.OPT_INDENT_2) + b"\n")
    return folder


def _path(name: str, otherwise: str) -> str:
    """The author's own name where it is harmless on any disk."""
    plain = PLAIN.match(name) and name.partition("/")[0] not in (*RESERVED, NAME)
    return name if plain else otherwise


def _hashed(name: str, sheet: Sheet) -> str:
    return f"further/{hashlib.sha256(name.encode()).hexdigest()[:24]}.{sheet.format}"


def _keep(folder: Path, path: str, raw: bytes, location: str, name: str = "") -> dict[str, str]:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(raw)
    digest = hashlib.sha256(raw).hexdigest()
    return {"name": name, "path": path, "location": location, "sha256": digest}
