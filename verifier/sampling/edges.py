"""The edges of what one schema allows; the validator confirms that they are allowed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.sampling.numbers import WIDE, bounds
from verifier.sampling.outline import Node, kinds_of
from verifier.sampling.patterns import matching
from verifier.sampling.texts import is_fit

__all__ = ["Edge", "edges", "list_edges"]

Edge = tuple[str, str, Any]
MOST_CHOICES = 20
MOST_LETTERS = 10_000
MOST_ITEMS = 100
LONG = 300
UNICODE = (
    ("unicode", "accents and emoji", "Zoë Ångström 🚲"),
    ("quotes", "quotes and brackets", '"O\'Neill" <a&b>'),
    ("zeros", "leading zeros", "00042"),
    ("spaces", "surrounding spaces", " padded "),
    ("unicode", "right-to-left text", "שלום עולם"),
    ("unicode", "a combining accent", "e\u0301clair"),
    ("unicode", "Chinese text", "東京都"),
)
FORMATTED: Mapping[str, tuple[Edge, ...]] = {
    "date-time": (
        ("moment", "an offset", "2026-12-31T23:30:00-08:00"),
        ("moment", "a leap day", "2028-02-29T23:59:59Z"),
        ("moment", "fractions of a second", "2026-05-17T09:30:00.123Z"),
    ),
    "date": (
        ("moment", "a leap day", "2028-02-29"),
        ("moment", "the end of a year", "2026-12-31"),
    ),
    "email": (("spelling", "a tagged address", "ada+verifier@mail.example.com"),),
    "uuid": (("spelling", "an upper-case UUID", "3F2B8C1E-7D64-4A0F-9B52-1C8E6D7F0A11"),),
    "uri": (("spelling", "an address with a query", "https://example.com/a%20b?c=1&d=%C3%A9#e"),),
}
DECIMALS = (
    ("0.1 + 0.2", 0.1 + 0.2),
    ("19.99", 19.99),
    ("a large amount", 1234567.89),
)


def edges(node: Node) -> Iterator[Edge]:
    """Kind, words and value of each; the caller keeps what is truly valid."""
    options = node.get("enum")
    if options or "const" in node:
        for choice in (options or [])[:MOST_CHOICES]:
            kind = "null" if choice is None else "choice"
            yield kind, f"the choice {choice!r}", choice
        return
    kinds = kinds_of(node)
    if "null" in kinds:
        yield "null", "null", None
    if "string" in kinds:
        yield from _texts(node)
    if "integer" in kinds or "number" in kinds:
        yield from _numbers(node, whole="number" not in kinds)
    if "boolean" in kinds:
        yield "choice", "true", True
        yield "choice", "false", False


def list_edges(node: Node, item: Any) -> Iterator[Edge]:
    """
    The same for the length of a list.

    Args:
        item: A valid member.
    """
    least, most = node.get("minItems", 0), node.get("maxItems", MOST_ITEMS + 1)
    if least == 0:
        yield "empty-list", "an empty list", []
    elif least <= MOST_ITEMS:
        yield "shortest-list", f"the shortest list ({least})", [item] * least
    if node.get("uniqueItems") is True:
        return
    if 1 < most <= MOST_ITEMS:
        yield "longest-list", f"the longest list ({most})", [item] * most
    elif most > MOST_ITEMS:
        yield "longer-list", "two items", [item] * 2


def _texts(node: Node) -> Iterator[Edge]:
    yield from (edge for edge in FORMATTED.get(node.get("format", ""), ()) if is_fit(node, edge[2]))
    longest, shortest = node.get("maxLength"), node.get("minLength", 0)
    if longest is None:
        yield from _fitting(node, "long", "long text", LONG)
    elif longest <= MOST_LETTERS:
        yield from _fitting(node, "longest", f"the longest text ({longest})", longest)
        if is_fit(node, "ä" * longest):
            yield "longest-unicode", "the longest text, not ASCII", "ä" * longest
    if shortest <= MOST_LETTERS:
        says = f"the shortest text ({shortest})" if shortest else "empty text"
        yield from _fitting(node, "shortest" if shortest else "empty", says, shortest)
    yield from (edge for edge in UNICODE if is_fit(node, edge[2]))


def _fitting(node: Node, kind: str, says: str, length: int) -> Iterator[Edge]:
    """A text of a length, made by the pattern where there is one."""
    text = "x" * length
    if not is_fit(node, text) and "pattern" in node:
        made = matching(node["pattern"], random.Random(length), length)  # noqa: S311
        text = made if made is not None and len(made) == length else text
    if is_fit(node, text):
        yield kind, says, text


def _numbers(node: Node, *, whole: bool) -> Iterator[Edge]:
    least, most = bounds(node, whole=whole)
    if least is not None:
        yield "least", f"the least ({least})", least
    if most is not None:
        yield "most", f"the most ({most})", most
    others: list[Edge] = [("zero", "zero", 0), ("negative", "a negative number", -1)]
    if not whole:
        others += [("decimal", says, value) for says, value in DECIMALS]
    others.append(("large", "a large number", WIDE))
    for edge in others:
        if (least is None or edge[2] > least) and (most is None or edge[2] < most):
            yield edge
