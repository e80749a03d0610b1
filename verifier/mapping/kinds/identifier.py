"""
A name that systems give to things: an id, an order number, a SKU.

It is compared as text. Leading zeros and case tell one from another, and nobody computes with it; a
whole number is taken where the schema says that ids are numbers.
"""

from __future__ import annotations

from typing import Any

from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.nouns import Meaning
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid

__all__ = ["KIND"]


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    numbers = facts.allows("integer") and bool(facts.types)

    def way(value: Any, run: Any) -> str:
        if isinstance(value, str) and facts.allows("string"):
            return value
        if numbers and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise Invalid("is no id of the form that its schema names")

    return way


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    def way(value: Any, run: Any) -> Any:
        text = str(value)
        if facts.allows("string"):
            return text
        if not text.isascii() or not text.isdecimal() or str(int(text)) != text:
            raise Invalid("is no number without leading zeros, and the target keeps ids as numbers")
        return int(text)

    return way


KIND = ValueKind(typed="text", parse=_parse, write=_write, types=json_types("string", "integer"))
