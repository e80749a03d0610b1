"""
An amount: ``{kind: money, unit: minor, currency: CurrencyCode, rounding: half_up}``.

``unit: major`` counts whole units (19.99), ``unit: minor`` the currency's smallest (1999; yen have
none, dinars a thousand). How many digits a currency has comes from ISO 4217; ``digits`` corrects it
for a provider that counts differently. ``currency`` is the path of the field that names it, or a
code. An amount in a text is read as its ``decimal`` and ``group`` say.

Amounts are decimals throughout, and are rounded only when they are written, by ``rounding``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from verifier.loading.declaration import Choice, MapOf, Member, Number, Text
from verifier.mapping.currencies import CURRENCIES, digits_of
from verifier.mapping.kinds.kind import Peer, ValueKind, Way, json_types
from verifier.mapping.kinds.plain import number_writer
from verifier.mapping.nouns import Meaning, parse_path
from verifier.mapping.numerals import MARKS, reader, writer
from verifier.mapping.rounding import MODES, rounded
from verifier.mapping.shapes import Facts
from verifier.mapping.trouble import Blocked, Invalid

__all__ = ["KIND"]

EXACT = Context(prec=400)


def _digits(given: Mapping[str, Any], peer: Peer) -> Callable[[Any], int]:
    """How many digits the smallest unit has, for a record."""
    own = given.get("digits", {})
    named = given["currency"]
    if named in CURRENCIES:
        fixed = digits_of(named, own) or 0
        return lambda run: fixed
    path = parse_path(named)
    currency = peer(path) if path is not None else None

    def digits(run: Any) -> int:
        code = currency(run) if currency is not None else None
        if code is None:
            raise Blocked("there is no currency to count it in")
        found = digits_of(code, own)
        if found is None:
            raise Invalid("is counted in a currency that nobody knows")
        return found

    return digits


def _parse(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    read = reader(meaning.given, in_text=facts.only == "string")
    if meaning.given["unit"] == "major":
        return lambda value, run: read(value)
    digits = _digits(meaning.given, peer)
    return lambda value, run: EXACT.scaleb(read(value), -digits(run))


def _write(meaning: Meaning, facts: Facts, peer: Peer) -> Way:
    minor = meaning.given["unit"] == "minor"
    digits = _digits(meaning.given, peer)
    mode = meaning.given.get("rounding", "")
    finish = writer(meaning.given) if facts.only == "string" else number_writer(facts)

    def way(value: Any, run: Any) -> Any:
        places = digits(run)
        exact = Decimal(value)
        kept = _fitted(exact, places, mode)
        if kept != exact:
            run.lose(exact, kept, "rounded")
        return finish(kept.scaleb(places) if minor else kept)

    return way


def _fitted(value: Decimal, places: int, mode: str) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    try:
        return rounded(value, places, mode or "half_up") if mode else _exact(value, places)
    except InvalidOperation:
        raise Invalid("has more digits than an amount can have") from None


def _exact(value: Decimal, places: int) -> Decimal:
    kept = rounded(value, places, "down")
    if kept != value:
        raise Invalid("has a fraction of the smallest unit, and nobody says how to round it")
    return kept


KIND = ValueKind(
    typed="number",
    members={
        "unit": Member(
            kind=Choice(("major", "minor")), says="What 1 is: a euro or a cent.", required=True
        ),
        "currency": Member(
            kind=Text(), says="Path of the field that names the currency, or a code.", required=True
        ),
        "rounding": Member(kind=Choice(tuple(MODES)), says="How it is rounded when written."),
        "digits": Member(
            kind=MapOf(kind=Number(least=0, whole=True)),
            says="Digits of the smallest unit by code, where they are not ISO's.",
        ),
        "tax": Member(
            kind=Choice(("included", "excluded")), says="Whether tax is in it, where that matters."
        ),
        **MARKS,
    },
    parse=_parse,
    write=_write,
    types=json_types("number", "integer", "string"),
)
