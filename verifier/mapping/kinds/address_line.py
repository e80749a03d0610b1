"""A line of an address: street and house, floor, or whatever people write there."""

from __future__ import annotations

from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import read_text, write_text

__all__ = ["KIND"]

KIND = ValueKind(
    typed="text", parse=read_text, write=write_text, types=json_types("string"), personal=True
)
