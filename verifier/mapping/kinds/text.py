"""Text for people: a title, a note. What it says may be cut or cleaned, but never computed with."""

from __future__ import annotations

from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import read_text, write_text

__all__ = ["KIND"]

KIND = ValueKind(typed="text", parse=read_text, write=write_text, types=json_types("string"))
