"""
A postal code: text, whatever it looks like.

Saxony's begin with a zero, Britain's have letters and a space, and some countries have none.
"""

from __future__ import annotations

from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import read_text, write_text

__all__ = ["KIND"]

KIND = ValueKind(
    typed="text",
    parse=read_text,
    write=write_text,
    types=json_types("string"),
    personal=True,
)
