"""The one document in a folder."""

from __future__ import annotations

import re
from pathlib import Path

from verifier.errors import DocumentError, VerifierError
from verifier.loading.kinds import is_document
from verifier.loading.sheet import read_sheet

__all__ = ["document_in"]

EXTENSIONS = (".yaml", ".yml", ".json")
NAMED = tuple(f"{stem}{extension}" for stem in ("openapi", "swagger") for extension in EXTENSIONS)
MOST_LOOKED_AT = 200
MENTIONS = re.compile(rb"[\"']?(?:openapi|swagger)[\"']?\s*:")


def document_in(folder: Path) -> Path:
    """
    The document in a folder: by its name, else the only file that declares to be one.

    Raises:
        DocumentError: There is none, or there are several; names them.
    """
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in EXTENSIONS)
    for candidates in (
        [file for file in files if file.name.lower() in NAMED],
        [file for file in files if file.stem.lower().endswith((".openapi", ".swagger"))],
        [file for file in files[:MOST_LOOKED_AT] if _declares(file)],
    ):
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            names = ", ".join(file.name for file in candidates[:8])
            raise DocumentError(
                f"The folder holds {len(candidates)} documents: {names}",
                where=str(folder),
                mend=f"Give one of them: {candidates[0]}",
            )
    raise DocumentError(
        "The folder holds no OpenAPI document",
        where=str(folder),
        mend="Give the file, or name it openapi.yaml or openapi.json.",
    )


def _declares(file: Path) -> bool:
    try:
        raw = file.read_bytes()
        return bool(MENTIONS.search(raw)) and is_document(read_sheet(raw, str(file)).root)
    except (OSError, VerifierError):
        return False
