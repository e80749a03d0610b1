"""Names of fields as words that two systems have in common: zip, PostalCode and plz are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from verifier.loading.view import word_list, word_set
from verifier.mapping.nouns import Path

__all__ = ["UNITS", "alike", "words_of"]

PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# Phrases first: what two words mean together is not what they mean alone.
PHRASES = {
    "zip code": "postcode",
    "postal code": "postcode",
    "post code": "postcode",
    "e mail": "email",
    "email address": "email",
    "mail address": "email",
    "phone number": "phone",
    "mobile number": "phone",
    "mobile phone": "phone",
    "first name": "given",
    "given name": "given",
    "last name": "family",
    "family name": "family",
    "full name": "name",
    "display name": "name",
    "date of birth": "birthday",
    "birth date": "birthday",
    "item code": "sku",
    "product code": "sku",
    "article number": "sku",
    "part number": "sku",
    "line item": "line",
    "currency code": "currency",
    "country code": "country",
    "time stamp": "when",
}
SYNONYMS = {
    word: first
    for first, *others in (
        word_list("email mail"),
        word_list("phone mobile telephone tel cell"),
        word_list("postcode zip plz postalcode zipcode"),
        word_list("given firstname forename"),
        word_list("family surname lastname"),
        word_list("birthday dob birthdate"),
        word_list("quantity qty count pieces"),
        word_list("amount total sum value amt"),
        word_list("price cost rate"),
        word_list("status state stage lifecycle phase"),
        word_list("note remark comment memo reference"),
        word_list("description title label text"),
        word_list("sku article"),
        word_list("person customer client buyer contact user member"),
        word_list("line item position row entry"),
        word_list("created placed ordered added registered"),
        word_list("updated modified changed"),
        word_list("when date time at on day timestamp datetime"),
        word_list("id number no key code identifier uuid ref"),
        word_list("company organisation organization org business"),
        word_list("street address"),
        word_list("city town place"),
        word_list("region province county"),
        word_list("tax vat"),
        word_list("shipped delivered"),
        word_list("discount rebate"),
    )
    for word in others
}
UNITS = word_set("minor cents cent major kg lb lbs g oz cm mm inch percent pct ms seconds")
EMPTY = word_set("of the is has")


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    pieces = [piece.lower() for piece in PIECE.findall(name)]
    text = f" {' '.join(pieces)} "
    for phrase, word in PHRASES.items():
        text = text.replace(f" {phrase} ", f" {word} ")
    found = [SYNONYMS.get(word, word) for word in map(_single, text.split())]
    return tuple(word for word in found if word not in EMPTY)


def _single(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def words_of(path: Path, *, known: Iterable[str] = ()) -> tuple[frozenset[str], frozenset[str]]:
    """
    The words of a field's own name, and of what it stands in.

    Args:
        known: Words that every field of the record has anyway, such as the record's own name;
            left out, unless nothing else is left.
    """
    own = frozenset(_words(path.last)) - UNITS
    around = frozenset(word for part in path.parts[:-1] for word in _words(part.name))
    return own - frozenset(known) or own, around


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of two names is the same: from 0 to 1."""
    both = one | other
    if not both:
        return 0.0
    shared = len(one & other) / len(both)
    return shared if shared else _spelt_alike("".join(sorted(one)), "".join(sorted(other)))


def _spelt_alike(one: str, other: str) -> float:
    """What is left of it where only letters are shared: not much, and nothing for short names."""
    if min(len(one), len(other)) < 4:
        return 0.0
    from difflib import SequenceMatcher  # start-up time

    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio * 0.6 if ratio > 0.75 else 0.0
