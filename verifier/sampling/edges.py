"""The edges of what a schema allows, and the ways of breaking it, one factor at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.sampling.making import Node, kinds_of

__all__ = ["breaks", "edges"]

UNICODE = (
    ("accents and emoji", "Zoë Ångström 🚲"),
    ("right-to-left text", "שלום עולם"),
    ("Chinese text", "東京都"),
    ("a combining accent", "e\u0301clair"),
    ("quotes and brackets", '"O\'Neill" <a&b>'),
    ("leading zeros", "00042"),
    ("surrounding spaces", " padded "),
)
NUMBERS = ((0, "zero"), (-1, "a negative number"), (1, "one"))
DECIMALS = ((0.1, "a tenth"), (19.99, "19.99"), (1234567.89, "a large amount"))
DATES = {
    "date-time": (
        ("a leap day", "2028-02-29T23:59:59Z"),
        ("an offset", "2026-12-31T23:30:00-08:00"),
        ("fractions of a second", "2026-05-17T09:30:00.123Z"),
    ),
    "date": (("a leap day", "2028-02-29"), ("the end of a year", "2026-12-31")),
}
LONG = 300


def edges(node: Node) -> Iterator[tuple[str, Any]]:
    """What it is, and a value at an edge; the caller keeps the valid ones."""
    choices = node.get("enum")
    if isinstance(choices, list):
        for choice in choices[:12]:
            yield f"choice {choice!r}", choice
        return
    kinds = kinds_of(node)
    if "string" in kinds:
        yield from _texts(node)
    if "integer" in kinds or "number" in kinds:
        yield from _numbers(node, whole="number" not in kinds)
    if "boolean" in kinds:
        yield "true", True
        yield "false", False
    if "null" in kinds:
        yield "null", None
    if "array" in kinds and not node.get("minItems"):
        yield "an empty list", []


def _texts(node: Node) -> Iterator[tuple[str, Any]]:
    yield from DATES.get(str(node.get("format")), ())
    longest = node.get("maxLength")
    if isinstance(longest, int) and longest <= 10_000:
        yield f"the longest text ({longest})", "x" * longest
        yield "the longest text, not ASCII", "ä" * longest
    else:
        yield "long text", "x" * LONG
    shortest = node.get("minLength", 0)
    if isinstance(shortest, int):
        yield f"the shortest text ({shortest})", "x" * shortest
    yield from UNICODE


def _numbers(node: Node, *, whole: bool) -> Iterator[tuple[str, Any]]:
    for keyword in ("minimum", "maximum"):
        if isinstance(node.get(keyword), (int, float)):
            yield f"the {keyword}", node[keyword]
    for value, says in NUMBERS:
        yield says, value
    if whole:
        yield "a large number", 2**31 - 1
    else:
        for amount, says in DECIMALS:
            yield says, amount


def breaks(node: Node, *, required: bool) -> Iterator[tuple[str, str, Any]]:
    """Aspect, words and a value that is wrong in one way; the caller keeps the invalid ones."""
    kinds = kinds_of(node)
    yield from _wrong_types(kinds)
    if "null" not in kinds:
        yield "null-not-allowed", "null", None
    if isinstance(node.get("enum"), list):
        yield "bad-enum", "an unknown choice", "verifier-unknown-choice"
        return
    if "string" in kinds:
        yield from _wrong_texts(node)
    if "integer" in kinds or "number" in kinds:
        yield from _wrong_numbers(node)
        if kinds == ("integer",):
            yield "wrong-type", "a fraction", 1.5


def _wrong_types(kinds: tuple[str, ...]) -> Iterator[tuple[str, str, Any]]:
    wrong: Mapping[str, tuple[str, Any]] = {
        "string": ("a number", 12345),
        "integer": ("text", "verifier"),
        "number": ("text", "verifier"),
        "boolean": ("text", "verifier"),
        "object": ("text", "verifier"),
        "array": ("an object", {"verifier": True}),
    }
    for kind in kinds[:1]:
        if kind in wrong:
            says, value = wrong[kind]
            yield "wrong-type", f"{says} instead of {kind}", value
    yield "wrong-type", "a list in place of it", [["verifier"]]


def _wrong_texts(node: Node) -> Iterator[tuple[str, str, Any]]:
    longest, shortest = node.get("maxLength"), node.get("minLength")
    if isinstance(longest, int) and longest <= 10_000:
        yield "too-long", f"{longest + 1} characters", "x" * (longest + 1)
    if isinstance(shortest, int) and shortest > 0:
        yield "too-short", f"{shortest - 1} characters", "x" * (shortest - 1)
    if node.get("format"):
        yield "bad-format", f"no {node['format']}", "verifier: not of this format"
    if node.get("pattern"):
        yield "bad-pattern", "text that does not match the pattern", "\u2603 verifier"


def _wrong_numbers(node: Node) -> Iterator[tuple[str, str, Any]]:
    for keyword, move in (("minimum", -1), ("exclusiveMinimum", -1), ("maximum", 1)):
        if isinstance(node.get(keyword), (int, float)) and not isinstance(node[keyword], bool):
            yield "out-of-range", f"beyond the {keyword}", node[keyword] + move
