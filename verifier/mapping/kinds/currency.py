"""
The code of a currency (ISO 4217): three capitals that are in use.

A code in small letters, a retired one (HRK) and a symbol are invalid; a table may say what they
become.
"""

from __future__ import annotations

from verifier.mapping.currencies import CURRENCIES, RETIRED
from verifier.mapping.kinds.kind import ValueKind, json_types
from verifier.mapping.kinds.texts import checked

__all__ = ["KIND"]


def _fault(text: str) -> str:
    if text in CURRENCIES:
        return ""
    return "is a currency of the past" if text in RETIRED else "is no currency of ISO 4217"


KIND = ValueKind(
    typed="text", parse=checked(_fault), write=checked(_fault), types=json_types("string")
)
