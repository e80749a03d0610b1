"""
The code of a country: two capitals (ISO 3166-1 alpha-2).

A name, three letters and small letters are invalid; a table may say what they become.
"""

from __future__ import annotations

import re

from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import checked

__all__ = ["KIND"]

CODE = re.compile("[A-Z]{2}")


def _fault(text: str) -> str:
    return "" if CODE.fullmatch(text) else "is no code of two capitals"


KIND = ValueKind(
    typed="text", parse=checked(_fault), write=checked(_fault), types=json_types("string")
)
