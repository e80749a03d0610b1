"""
A telephone number: ``{kind: phone, region: FR, form: e164}``.

``region`` says where a number without a country code is dialled; without it such a number is
invalid. Valid is what the numbering plan of its country knows, with nothing else in the text. It is
written as ``form`` says: ``e164`` (+33612345678), ``international`` (+33 6 12 34 56 78) or
``national`` (06 12 34 56 78; only those of the region, others are international). An extension is
lost in E.164, and in the ledger.
"""

from __future__ import annotations

import re
from typing import Any

from verifier.loading.declaration import Choice, Member, Text
from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.nouns import Meaning
from verifier.mapping.phones import dialled, read_phone
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Invalid

__all__ = ["KIND"]


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    region = meaning.given.get("region", "")

    def way(value: Any, run: Any) -> str:
        if not isinstance(value, str):
            raise Invalid("is no text")
        phone = read_phone(value, region)
        if phone.extension:
            run.lose(value, phone.e164, "extension")
        return phone.e164

    return way


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    form, region = meaning.given.get("form", "e164"), meaning.given.get("region", "")
    if form == "e164":
        return lambda value, run: value
    return lambda value, run: dialled(value, region, form)


def _mask(value: Any) -> str:
    return re.sub(r"[0-9](?=(?:[^0-9]*[0-9]){2})", "•", str(value))


KIND = ValueKind(
    typed="phone",
    members={
        "region": Member(
            kind=Text(pattern="[A-Z]{2}", wants="a region such as FR"),
            says="Where a number without country code is dialled (ISO 3166).",
        ),
        "form": Member(
            kind=Choice(("e164", "international", "national")), says="How it is written."
        ),
    },
    parse=_parse,
    write=_write,
    types=json_types("string"),
    personal=True,
    mask=_mask,
    normal=True,
)
