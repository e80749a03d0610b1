"""Values as written in, values with their expressions read out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from verifier.errors import ConfigError
from verifier.scenarios.criteria import paths, xml
from verifier.scenarios.expressions import (
    BadExpression,
    Expression,
    LooseExpression,
    is_expression,
    parse,
    pieces,
)
from verifier.scenarios.flaws import Grade
from verifier.scenarios.reading.node import Node
from verifier.scenarios.values import Literal, Lookup, Members, Pick, Rows, Text, Value

__all__ = [
    "SELECTORS",
    "expression_of",
    "named_values",
    "read_type",
    "read_value",
    "templated_value",
]

DEEPEST = 60
NAME = re.compile(r"[a-zA-Z0-9.\-_]+")
SELECTOR = {"context", "selector", "type"}
SELECTORS = {
    "jsonpath": (paths.RFC, paths.GOESSNER),
    "xpath": xml.VERSIONS,
    "jsonpointer": ("rfc6901",),
}
# What stands for an expression that was reported as a flaw: it never has a value.
NEVER = Expression(text="nothing", root="outputs", names=("",))


def read_value(node: Node, depth: int = 0) -> Value:
    """A value, with every expression in it read; what cannot be read is a flaw."""
    value = node.value
    if depth > DEEPEST:
        node.flaw("the value is nested too deep", "Write it more plainly.")
        return Literal(None)
    if isinstance(value, str):
        return _text(node)
    if isinstance(value, Mapping):
        if node.version != "1.0" and set(value) == SELECTOR:
            return _selector(node)
        pairs = [(str(k), read_value(node.inner(k, v), depth + 1)) for k, v in value.items()]
        plain = all(isinstance(member, Literal) for _, member in pairs)
        return Literal(value) if plain else Members(tuple(pairs))
    if isinstance(value, list):
        items = [read_value(node.inner(i, v), depth + 1) for i, v in enumerate(value)]
        plain = all(isinstance(item, Literal) for item in items)
        return Literal(value) if plain else Rows(tuple(items))
    return Literal(value)


def templated_value(node: Node) -> Value | None:
    """
    A JSON text with expressions in it, as the value that it stands for; None where it is no JSON.

    ``"{$inputs.pet}"`` keeps the type of what it looks up, as the standard's own examples need.
    """
    try:
        held = orjson.loads(node.value)
    except ValueError:
        return None
    return _whole(read_value(node.inner("", held))) if isinstance(held, (dict, list)) else None


def _whole(value: Value) -> Value:
    """Texts that are nothing but one embedded expression become that expression."""
    match value:
        case Text((Expression() as only,)):
            return Lookup(only)
        case Members(members):
            return Members(tuple((name, _whole(member)) for name, member in members))
        case Rows(items):
            return Rows(tuple(_whole(item) for item in items))
        case _:
            return value


def named_values(node: Node, what: str) -> tuple[tuple[str, Value], ...]:
    """Name to value, for outputs."""
    found = []
    for name, inner in node.pairs(what):
        if not NAME.fullmatch(name):
            inner.flaw(
                f"'{name}' is no name of an output", "Use letters, digits, '.', '-' and '_'."
            )
        found.append((name, _output(inner)))
    return tuple(found)


def _output(node: Node) -> Value:
    if isinstance(node.value, str):
        if not node.value.startswith("$") and "{$" not in node.value:
            node.flaw(
                f"'{node.value}' is no expression",
                "An output is an expression, such as $response.body#/id.",
            )
        return read_value(node)
    if node.version != "1.0" and isinstance(node.value, Mapping):
        return read_value(node)
    node.wrong("an expression, such as $response.body#/id")
    return Literal(None)


def expression_of(node: Node) -> Expression:
    """A text that must be one whole expression."""
    return _parsed(node, node.text()) if node.value else _parsed(node, "")


def _text(node: Node) -> Value:
    text: str = node.value
    if is_expression(text):
        return Lookup(_parsed(node, text))
    if "{$" not in text:
        return Literal(text)
    try:
        found = pieces(text)
    except BadExpression as error:
        _told(node, error)
        return Text((NEVER,))
    if len(found) == 1 and isinstance(found[0], str):
        return Literal(text)
    return Text(found)


def _parsed(node: Node, text: str) -> Expression:
    try:
        return parse(text)
    except BadExpression as error:
        _told(node, error)
        return NEVER


def _told(node: Node, error: BadExpression) -> None:
    grade = Grade.WRONG
    if isinstance(error, LooseExpression) and node.version == "1.0":
        grade = Grade.DOUBTFUL
    node.flaw(error.says, error.mend, grade=grade)


def _selector(node: Node) -> Value:
    found = node.members(("context", "selector", "type"), "a selector")
    kind, version = read_type(found["type"], SELECTORS)
    selector = found["selector"].text()
    _check_selector(found["selector"], selector, kind, version)
    return Pick(expression_of(found["context"]), selector, kind, version)


def _check_selector(node: Node, selector: str, kind: str, version: str) -> None:
    try:
        if kind == "jsonpath":
            paths.check_path(selector, version)
        elif kind == "xpath":
            xml.check_xpath(selector, version)
        elif kind == "jsonpointer" and selector and not selector.startswith("/"):
            node.flaw(f"'{selector}' is no JSON pointer", f"Write '/{selector}'.")
    except (paths.BadPath, xml.BadXPath) as error:
        node.flaw(str(error), "Correct it.")
    except ConfigError as error:
        node.flaw(error.says, error.mend)


def read_type(node: Node, known: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """
    The kind of a condition or selector, and its version: the first of its list if none is named.

    Args:
        known: Kind to its versions.
    """
    if not isinstance(node.value, Mapping):
        kind = node.choice(tuple(known))
        return kind, _first(known, kind)
    found = node.members(("type", "version"), "an expression type")
    if not node.needs(found, ("type", "version"), "an expression type"):
        return "", ""
    versioned = tuple(kind for kind, versions in known.items() if versions)
    kind = found["type"].choice(versioned)
    if not kind:
        return "", ""
    return kind, found["version"].choice(known[kind]) or _first(known, kind)


def _first(known: Mapping[str, tuple[Any, ...]], kind: str) -> str:
    versions = known.get(kind) or ("",)
    return str(versions[0])
