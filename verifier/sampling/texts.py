"""Text that looks like what its format, name, pattern and lengths ask for."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from verifier.sampling.names import named_texts, words
from verifier.sampling.patterns import matching
from verifier.validating.keywords import FORMATS, REGEX, is_base64

__all__ = ["is_fit", "text_maker"]

Formatted = Callable[[random.Random, str], str]
LONGEST = 20_000
TRIES = 12
LETTERS = "abcdefghjkmnpqrstuvwxyz"
ENDS = frozenset(("due", "end", "ends", "until", "expires", "expiry", "expiration", "deadline"))
BEGINS = frozenset(("start", "starts", "begin", "begins", "scheduled"))


def is_fit(rules: Mapping[str, Any], text: str) -> bool:
    """Whether a text keeps the lengths, the pattern and the asserted format of a schema."""
    longest = rules.get("maxLength")
    if len(text) < rules.get("minLength", 0) or (longest is not None and len(text) > longest):
        return False
    kind = rules.get("format")
    engine = _engine(rules.get("pattern"), kind if kind in FORMATS else None)
    try:
        return engine is None or bool(engine.is_valid(text))
    except ValueError:
        return False


def text_maker(node: Mapping[str, Any], name: str) -> Callable[[random.Random, bool], str]:
    """
    A function that draws a text for a schema; compiled once.

    Its second argument is whether the likeliest text is wanted; without, it is any that fits.
    """
    shortest, longest = _lengths(node)
    likely = [text for text in named_texts(name) if is_fit(node, text)]
    free = _free(node, name, shortest, longest)

    def made(rng: random.Random, plain: bool) -> str:
        if likely and plain:
            return likely[0]
        return free(rng)

    formatted = BY_FORMAT.get(str(node.get("format")))
    if formatted is None:
        return made

    def in_format(rng: random.Random, plain: bool) -> str:
        text = formatted(rng, name)
        return text if is_fit(node, text) else made(rng, plain)

    return in_format


def _free(
    node: Mapping[str, Any], name: str, shortest: int, longest: int
) -> Callable[[random.Random], str]:
    """Any text that fits; where there are no rules beside the lengths, the first one does."""
    loose = "pattern" not in node and node.get("format") not in FORMATS

    def made(rng: random.Random) -> str:
        first = ""
        for text in _candidates(node, name, rng):
            fitted = _fitted(text, shortest, longest)
            if loose or is_fit(node, fitted):
                return fitted
            if is_fit(node, text):
                return text
            first = first or fitted
        return first

    return made


def _candidates(node: Mapping[str, Any], name: str, rng: random.Random) -> Iterator[str]:
    pattern = node.get("pattern")
    if isinstance(pattern, str):
        wanted = node.get("minLength", 0)
        for turn in range(TRIES):
            made = matching(pattern, rng, wanted if turn % 2 == 0 else 0)
            if made is not None:
                yield made
    number = str(rng.randint(1, 999))
    yield " ".join((*words(name)[:4], number)) if name else f"text {number}"
    yield from named_texts(name)
    yield number
    yield "".join(rng.choices(LETTERS, k=8))
    yield str(rng.randint(10**9, 10**10))


def _lengths(node: Mapping[str, Any]) -> tuple[int, int]:
    return min(node.get("minLength", 0), LONGEST), min(node.get("maxLength", LONGEST), LONGEST)


def _fitted(text: str, shortest: int, longest: int) -> str:
    return (text + "x" * (shortest - len(text)))[:longest]


@lru_cache(maxsize=4096)
def _engine(pattern: str | None, kind: str | None) -> jsonschema_rs.Validator | None:
    rule = {"pattern": pattern, "format": kind}
    given = {keyword: value for keyword, value in rule.items() if isinstance(value, str)}
    if not given:
        return None
    try:
        return jsonschema_rs.Draft202012Validator(
            given, validate_formats=True, formats={"byte": is_base64}, pattern_options=REGEX
        )
    except ValueError:
        return None


def _moment(rng: random.Random, name: str) -> str:
    return f"{_date(rng, name)}T{rng.randint(8, 17):02}:{rng.randint(0, 59):02}:00Z"


def _date(rng: random.Random, name: str) -> str:
    """A day of 2026; what must not be over yet ends a later year, what begins comes before."""
    parts = frozenset(words(name))
    day = rng.randint(1, 28)
    if parts & ENDS:
        return f"2031-12-{day:02}"
    if parts & BEGINS:
        return f"2031-01-{day:02}"
    return f"2026-{rng.randint(1, 12):02}-{day:02}"


def _uuid(rng: random.Random, name: str) -> str:
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _numbered(pattern: str, most: int = 999) -> Formatted:
    return lambda rng, name: pattern.format(rng.randint(1, most))


def _always(text: str) -> Formatted:
    return lambda rng, name: text


# Asserted formats and those that are only documentation: both say what is meant.
BY_FORMAT: Mapping[str, Formatted] = {
    "date-time": _moment,
    "datetime": _moment,
    "date": _date,
    "time": _always("09:30:00Z"),
    "duration": _numbered("PT{}M", 59),
    "email": _numbered("ada{}@example.com"),
    "idn-email": _numbered("ada{}@example.com"),
    "uuid": _uuid,
    "guid": _uuid,
    "uri": _numbered("https://example.com/{}"),
    "url": _numbered("https://example.com/{}"),
    "iri": _numbered("https://example.com/{}"),
    "uri-reference": _numbered("/{}"),
    "hostname": _numbered("host{}.example.com"),
    "idn-hostname": _numbered("host{}.example.com"),
    "ipv4": _numbered("192.0.2.{}", 254),
    "ipv6": _numbered("2001:db8::{}"),
    "byte": _always("aGVsbG8="),
    "binary": _always("hello"),
    "json-pointer": _numbered("/a/{}"),
    "regex": _always("^a+$"),
    "decimal": _numbered("{}.50"),
    "phone": _numbered("+4930901{:03}"),
}
