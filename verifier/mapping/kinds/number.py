"""
A quantity, with the unit that it counts: ``{kind: number, unit: kg}``.

Two fields of different units need a ``scale`` between them. A number in a text is read as its
``decimal`` and ``group`` say (1.234,56 or 1,234.56), and never guessed.
"""

from __future__ import annotations

from decimal import Decimal

from verifier.loading.declaration import Member, Text
from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.kinds.plain import number_writer
from verifier.mapping.nouns import Meaning
from verifier.mapping.numerals import MARKS, reader, writer
from verifier.mapping.shapes import Facts

__all__ = ["KIND"]


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    read = reader(meaning.given, in_text=facts.only == "string")
    return lambda value, run: read(value)


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    if facts.only == "string":
        write = writer(meaning.given)
        return lambda value, run: write(Decimal(value))
    number = number_writer(facts)
    return lambda value, run: number(value)


KIND = ValueKind(
    typed="number",
    members={
        "unit": Member(kind=Text(), says="What it counts: kg, each, hour."),
        **MARKS,
    },
    parse=_parse,
    write=_write,
    types=json_types("number", "integer", "string"),
)
