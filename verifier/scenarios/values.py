"""Values with expressions in them, read once: what a step sends, and what it hands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from verifier.scenarios.criteria import paths, xml
from verifier.scenarios.expressions import (
    NOTHING,
    Expression,
    Piece,
    Scope,
    evaluate,
    point,
    written,
)

__all__ = [
    "Literal",
    "Lookup",
    "Members",
    "Pick",
    "Rows",
    "Text",
    "Value",
    "expressions_of",
    "literal_of",
    "value_of",
]


class Literal(Struct, frozen=True):
    """A value without any expression in it."""

    value: Any


class Lookup(Struct, frozen=True):
    """A whole expression; its value keeps its type."""

    expression: Expression


class Text(Struct, frozen=True):
    """A text with expressions inside it; what is looked up is written into it."""

    parts: tuple[Piece, ...]


class Rows(Struct, frozen=True):
    """A list, some of whose items hold expressions."""

    items: tuple[Value, ...]


class Members(Struct, frozen=True):
    """An object, some of whose members hold expressions."""

    members: tuple[tuple[str, Value], ...]


class Pick(Struct, frozen=True):
    """
    A Selector Object (1.1): a part of a value.

    Args:
        kind: ``jsonpath``, ``xpath`` or ``jsonpointer``.
    """

    context: Expression
    selector: str
    kind: str
    version: str


Value = Literal | Lookup | Text | Rows | Members | Pick


def value_of(value: Value, scope: Scope) -> Any:
    """
    What a value comes to; ``NOTHING`` where what it looks up is not there.

    Members and items of an object or a list that come to nothing are left out.
    """
    match value:
        case Literal(held):
            return held
        case Lookup(expression):
            return evaluate(expression, scope)
        case Text(parts):
            return _text(parts, scope)
        case Rows(items):
            found = (value_of(item, scope) for item in items)
            return [item for item in found if item is not NOTHING]
        case Members(members):
            pairs = ((name, value_of(member, scope)) for name, member in members)
            return {name: member for name, member in pairs if member is not NOTHING}
        case Pick():
            return _picked(value, scope)


def expressions_of(value: Value) -> Iterator[Expression]:
    """Every expression in a value, in order."""
    match value:
        case Lookup(expression):
            yield expression
        case Text(parts):
            yield from (part for part in parts if isinstance(part, Expression))
        case Rows(items):
            for item in items:
                yield from expressions_of(item)
        case Members(members):
            for _, member in members:
                yield from expressions_of(member)
        case Pick(context):
            yield context
        case Literal():
            return


def literal_of(value: Value | None) -> Any:
    """The value, where it holds no expression; else ``NOTHING``."""
    return value.value if isinstance(value, Literal) else NOTHING


def _text(parts: tuple[Piece, ...], scope: Scope) -> Any:
    text = ""
    for part in parts:
        found = part if isinstance(part, str) else evaluate(part, scope)
        if found is NOTHING:
            return NOTHING
        text += written(found)
    return text


def _picked(pick: Pick, scope: Scope) -> Any:
    context = evaluate(pick.context, scope)
    if context is NOTHING:
        return NOTHING
    try:
        if pick.kind == "jsonpointer":
            return point(context, pick.selector)
        if pick.kind == "jsonpath":
            found = paths.nodes(pick.selector, context, pick.version)
            return NOTHING if not found else found[0] if len(found) == 1 else found
        return xml.plain(xml.select(pick.selector, xml.read_xml(written(context)), pick.version))
    except (paths.BadPath, xml.BadXPath, xml.BadXml):
        return NOTHING
