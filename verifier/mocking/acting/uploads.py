"""What a thing tells of the file that it was made of: its name, its size and its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.encoding.multipart import Part, read_parts
from verifier.mocking.asked import Asked
from verifier.mocking.english import word_set, words
from verifier.mocking.kinds import Kind
from verifier.mocking.kinds.schemas import members_of, types
from verifier.model import Schema

__all__ = ["uploaded"]

FORM = "multipart/form-data"
NAMES = word_set("filename originalfilename name")
SIZES = word_set("size sizebytes sizeinbytes bytes filesize contentlength length")
TYPES = word_set("mimetype contenttype mediatype filetype")


def uploaded(asked: Asked, kind: Kind) -> dict[str, Any]:
    """The members that tell of the one file in a request; none where there is none, or several."""
    sent = asked.incoming.header("content-type") or ""
    if not asked.incoming.body or not sent.lower().startswith(FORM):
        return {}  # a body was read as a form before; a header alone was not
    files = [part for part in read_parts(sent, asked.incoming.body) if part.is_file]
    return dict(_told(files[0], kind)) if len(files) == 1 else {}


def _told(file: Part, kind: Kind) -> Iterator[tuple[str, Any]]:
    for name, member in members_of(kind.item).items():
        value = _value("".join(words(name)), member, file)
        if value:
            yield name, value


def _value(plain: str, member: Schema, file: Part) -> Any:
    numeric, textual = types(member) & {"integer", "number"}, "string" in types(member)
    if plain in SIZES and numeric:
        return len(file.content)
    if plain in NAMES and textual:
        return file.filename
    return file.content_type if plain in TYPES and textual else ""
