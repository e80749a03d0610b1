"""Text that looks like what its name, format, pattern and lengths ask for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.sampling.patterns import matching

__all__ = ["FORMATS", "texts"]

LONGEST = 4000
FORMATS: Mapping[str, tuple[str, ...]] = {
    "date-time": ("2026-05-17T09:30:00Z", "2027-01-31T23:59:59+02:00"),
    "date": ("2026-05-17", "2027-01-31"),
    "time": ("09:30:00Z",),
    "duration": ("P1D", "PT2H"),
    "email": ("ada@example.com",),
    "idn-email": ("ada@example.com",),
    "uuid": ("3f2b8c1e-7d64-4a0f-9b52-1c8e6d7f0a11",),
    "uri": ("https://example.com/a",),
    "url": ("https://example.com/a",),
    "uri-reference": ("/a",),
    "iri": ("https://example.com/a",),
    "hostname": ("example.com",),
    "ipv4": ("192.0.2.7",),
    "ipv6": ("2001:db8::7",),
    "byte": ("aGVsbG8=",),
    "binary": ("hello",),
    "json-pointer": ("/a/b",),
    "regex": ("^a+$",),
}
BY_NAME: tuple[tuple[str, str], ...] = (
    ("email", "ada@example.com"),
    ("phone", "+49 30 901820"),
    ("currency", "EUR"),
    ("country", "DE"),
    ("locale", "en-GB"),
    ("language", "en"),
    ("timezone", "Europe/Berlin"),
    ("time_zone", "Europe/Berlin"),
    ("url", "https://example.com/a"),
    ("uri", "https://example.com/a"),
    ("website", "https://example.com"),
    ("iban", "DE89370400440532013000"),
    ("zip", "10115"),
    ("postal", "10115"),
    ("city", "Berlin"),
    ("street", "Lange Gasse 7"),
    ("color", "#2f6feb"),
    ("amount", "19.95"),
    ("price", "19.95"),
    ("first_name", "Ada"),
    ("last_name", "Byron"),
    ("company", "Gardens and Sons"),
    ("name", "Ada Byron"),
    ("title", "Garden chairs"),
    ("description", "Four chairs and a table"),
    ("note", "Ring twice"),
    ("code", "AB12"),
    ("date", "2026-05-17"),
)


def texts(node: Mapping[str, Any], rng: random.Random, name: str) -> Iterator[str]:
    """Candidates for a string, the likeliest first; the caller keeps the first valid one."""
    kind = str(node.get("format"))
    if kind in FORMATS:
        yield rng.choice(FORMATS[kind])
    shortest, longest = _lengths(node)
    lowered = name.lower()
    for part, text in BY_NAME:
        if part in lowered and shortest <= len(text) <= longest:
            yield text
            break
    pattern = node.get("pattern")
    if isinstance(pattern, str):
        for _ in range(8):
            made = matching(pattern, rng)
            if made is not None:
                yield _fitted(made, shortest, longest)
                yield made
    word = f"{name or 'text'} {rng.randint(1, 999)}"
    yield _fitted(word, shortest, longest)
    yield _fitted(str(rng.randint(1, 10**9)), shortest, longest)
    yield _fitted("".join(rng.choices("abcdefghjkmnpqrstuvwxyz", k=8)), shortest, longest)


def _lengths(node: Mapping[str, Any]) -> tuple[int, int]:
    shortest, longest = node.get("minLength", 0), node.get("maxLength", LONGEST)
    ok = isinstance(shortest, int) and isinstance(longest, int)
    return (min(shortest, LONGEST), min(longest, LONGEST)) if ok else (0, LONGEST)


def _fitted(text: str, shortest: int, longest: int) -> str:
    return (text + "x" * max(0, shortest - len(text)))[:longest]
