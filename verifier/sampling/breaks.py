"""The ways of breaking one schema, one at a time; the validator confirms that it is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.sampling.numbers import bounds
from verifier.sampling.outline import Node, kinds_of
from verifier.sampling.texts import is_fit
from verifier.validating.keywords import FORMATS

__all__ = ["Break", "breaks", "list_breaks"]

Break = tuple[str, str, Any]
STRANGE = ("verifier ~ not of this kind", "~", "☃", "")
STRANGER = "verifier-unknown-choice"
MOST_LETTERS = 100_000
MOST_ITEMS = 200
WRONG: Mapping[str, tuple[str, Any]] = {
    "string": ("a number", 12345),
    "integer": ("text", "verifier"),
    "number": ("text", "verifier"),
    "boolean": ("text", "verifier"),
    "object": ("text", "verifier"),
    "array": ("an object", {"verifier": True}),
}


def breaks(node: Node, value: Any) -> Iterator[Break]:
    """
    Aspect, words and value of each way; the caller keeps what is truly invalid.

    Args:
        value: A valid one.
    """
    kinds = kinds_of(node)
    wrong = WRONG.get(next((kind for kind in kinds if kind != "null"), ""))
    if wrong:
        yield "wrong-type", f"{wrong[0]} instead of {' or '.join(kinds)}", wrong[1]
    if "null" not in kinds:
        yield "null-not-allowed", "null", None
    if node.get("enum") or "const" in node:
        yield "bad-enum", "a choice that is not offered", _stranger(node)
        return
    if "string" in kinds:
        yield from _texts(node, value if isinstance(value, str) else "")
    if "integer" in kinds or "number" in kinds:
        yield from _numbers(node)
        if "number" not in kinds:
            yield "wrong-type", "a fraction instead of a whole number", 1.5


def list_breaks(node: Node, value: list[Any]) -> Iterator[Break]:
    """
    The same for the length of a list and what it repeats.

    Args:
        value: A valid one.
    """
    least, most = node.get("minItems", 0), node.get("maxItems")
    if 0 < least <= len(value):
        yield "too-few-items", f"{least - 1} instead of {least} or more", value[: least - 1]
    if value and isinstance(most, int) and most < MOST_ITEMS:
        more = (value * (most + 1))[: most + 1]
        yield "too-many-items", f"{most + 1} instead of {most} or fewer", more
    if value and node.get("uniqueItems") is True:
        yield "not-unique", "the same twice", [value[0], *value]


def _stranger(node: Node) -> Any:
    options = node.get("enum") or [node.get("const")]
    if all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in options):
        return int(max(options)) + 1_000_003
    return STRANGER


def _texts(node: Node, value: str) -> Iterator[Break]:
    """Wrong in one way each: a text that is too long still matches the pattern."""
    longest, shortest = node.get("maxLength"), node.get("minLength", 0)
    rest = {key: node[key] for key in ("pattern", "format") if key in node}
    if longest is not None and longest < MOST_LETTERS:
        wanted = longest + 1
        texts = ("x" * wanted, ((value or "0") * wanted)[:wanted], "0" * wanted)
        for text in _first(rest, texts):
            yield "too-long", f"{wanted} characters instead of {longest}", text
    if 0 < shortest < MOST_LETTERS:
        for text in _first(rest, ("x" * (shortest - 1), value[: shortest - 1])):
            yield "too-short", f"{shortest - 1} characters instead of {shortest}", text
    lengths = {key: node[key] for key in ("minLength", "maxLength") if key in node}
    every = (*STRANGE, "~" * min(shortest, MOST_LETTERS))
    strange = [text for text in every if is_fit(lengths, text)]
    if "pattern" in node:
        wrong = [text for text in strange if not is_fit({"pattern": node["pattern"]}, text)]
        for text in wrong[:1]:
            yield "bad-pattern", "text that does not match the pattern", text
    elif node.get("format") in FORMATS:
        for text in strange[:1]:
            yield "bad-format", f"text that is no {node['format']}", text


def _first(rules: Node, texts: Iterable[str]) -> list[str]:
    """The first text that obeys the rules; an empty list where none does."""
    return [text for text in texts if is_fit(rules, text)][:1]


def _numbers(node: Node) -> Iterator[Break]:
    whole = "number" not in kinds_of(node)
    least, most = bounds(node, whole=whole)
    step = 1 if whole or not node.get("multipleOf") else node["multipleOf"]
    if least is not None:
        yield "out-of-range", f"less than the least ({least})", least - step
    if most is not None:
        yield "out-of-range", f"more than the most ({most})", most + step
    factor = node.get("multipleOf")
    if factor and (not whole or factor > 1):
        off = (least if least is not None else 0) + (1 if whole else factor / 2)
        yield "bad-multiple", f"no multiple of {factor}", off
