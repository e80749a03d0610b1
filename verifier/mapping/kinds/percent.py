"""
A share: ``{kind: percent, form: fraction}`` writes a fifth as 0.2, ``form: percent`` as 20.

Nothing in a schema tells the two apart, and a discount of 1 is one percent or everything.
"""

from __future__ import annotations

from decimal import Context, Decimal

from verifier.loading.declaration import Choice, Member
from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.kinds.plain import number_writer
from verifier.mapping.nouns import Meaning
from verifier.mapping.numerals import MARKS, reader, writer
from verifier.mapping.shapes import Facts

__all__ = ["KIND"]

EXACT = Context(prec=400)
FORMS = {"fraction": Decimal(1), "percent": Decimal(100), "basis_points": Decimal(10_000)}


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    read = reader(meaning.given, in_text=facts.only == "string")
    scale = FORMS[meaning.given["form"]]
    if scale == 1:
        return lambda value, run: read(value)
    return lambda value, run: EXACT.divide(read(value), scale)


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    scale = FORMS[meaning.given["form"]]
    finish = writer(meaning.given) if facts.only == "string" else number_writer(facts)
    return lambda value, run: finish(EXACT.multiply(Decimal(value), scale))


KIND = ValueKind(
    typed="share",
    members={
        "form": Member(kind=Choice(tuple(FORMS)), says="What a fifth looks like.", required=True),
        **MARKS,
    },
    parse=_parse,
    write=_write,
    types=json_types("number", "integer", "string"),
)
