"""What a document says of its own ends: flags, extensions, and sentences."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from verifier.lifecycle.prose import read
from verifier.lifecycle.signs import deprecated
from verifier.lifecycle.speaking import in_extensions
from verifier.model import (
    Confidence,
    Contract,
    Medium,
    Milestone,
    Operation,
    Pointer,
    Sighting,
    Signal,
    UnresolvedReference,
)

__all__ = ["of_document", "of_operation", "signals_beside"]

DEEPEST = 40
MOST_FIELDS = 20_000
MARK = re.compile(
    rb'"deprecated":true|"x-[\w-]*(?:deprecat|sunset|remov|eol|end-of-life|lifecycle|status|state)'
    rb"|[Dd]eprecat|[Ss]unset|will be (?:removed|retired)",
)


def of_document(contract: Contract, seen: datetime.date) -> Iterator[Sighting]:
    """
    Every sign of an end in a document, with its scope.

    Args:
        seen: The day on which the document was looked at.
    """
    info = contract.document.root.get("info")
    if isinstance(info, Mapping):
        yield from _of_node(info, "", Pointer() / "info", seen, prose="description")
    for operation in (*contract.operations, *contract.webhooks):
        yield from of_operation(contract, operation, seen)
    yield from _of_schemes(contract, seen)
    yield from _of_schemas(contract, seen)


def of_operation(
    contract: Contract, operation: Operation, seen: datetime.date
) -> Iterator[Sighting]:
    """The signs of one operation and of its parameters."""
    marks = {**operation.extensions, "deprecated": operation.deprecated}
    texts = (operation.summary, operation.description)
    for dialect, signal in signals_beside(marks, texts):
        yield _sighting(operation.key, dialect, signal, operation.at, seen)
    for parameter in operation.parameters:
        node = _node(contract, parameter.at)
        scope = f"{operation.key} {parameter.location} {parameter.name}"
        for dialect, signal in signals_beside(node, (parameter.description,)):
            yield _sighting(scope, dialect, signal, parameter.at, seen)


def signals_beside(
    marks: Mapping[str, Any], texts: tuple[str, ...] = ()
) -> Iterator[tuple[str, Signal]]:
    """
    Dialect and signal of one part of a document.

    The plain flag counts only where no extension says more, and prose only where neither does.

    Args:
        marks: The part itself; its ``x-`` members and ``deprecated`` are read.
        texts: Its descriptions.
    """
    found = list(in_extensions(marks))
    dated = any(signal.milestone is Milestone.DEPRECATED for _, signal in found)
    if marks.get("deprecated") is True and not dated:
        found.append(("flag", deprecated()))
    told = {signal.milestone for _, signal in found}
    for text in texts:
        for signal in read(text) if text else ():
            if signal.milestone not in told:
                told.add(signal.milestone)
                found.append(("prose", signal))
    yield from found


def _sighting(
    scope: str, dialect: str, signal: Signal, at: Pointer, seen: datetime.date
) -> Sighting:
    medium = Medium.PROSE if dialect == "prose" else Medium.DOCUMENT
    return Sighting(scope=scope, signal=signal, medium=medium, dialect=dialect, at=at, seen=seen)


def _of_node(
    node: Mapping[str, Any], scope: str, at: Pointer, seen: datetime.date, *, prose: str = ""
) -> Iterator[Sighting]:
    text = node.get(prose) if prose else ""
    for dialect, signal in signals_beside(node, (text,) if isinstance(text, str) else ()):
        if dialect != "prose" or signal.confidence is Confidence.LOW:
            yield _sighting(scope, dialect, signal, at, seen)


def _of_schemes(contract: Contract, seen: datetime.date) -> Iterator[Sighting]:
    for name, scheme in contract.schemes.items():
        node = _node(contract, scheme.at)
        yield from _of_node(node, f"credential {name}", scheme.at, seen, prose="description")


def _of_schemas(contract: Contract, seen: datetime.date) -> Iterator[Sighting]:
    """Named schemas, their members and their values."""
    components = contract.document.root.get("components")
    schemas = components.get("schemas") if isinstance(components, Mapping) else None
    at = Pointer() / "components" / "schemas"
    for name, schema in schemas.items() if isinstance(schemas, Mapping) else ():
        if _worth_a_look(schema):
            yield from _of_schema(schema, str(name), at / str(name), seen)


def _worth_a_look(schema: Any) -> bool:
    """Writing a schema costs a tenth of walking it."""
    try:
        return MARK.search(orjson.dumps(schema, option=orjson.OPT_NON_STR_KEYS)) is not None
    except (TypeError, orjson.JSONEncodeError):
        return True


def _of_schema(root: Any, name: str, at: Pointer, seen: datetime.date) -> Iterator[Sighting]:
    waiting: list[tuple[Any, str, Pointer, int]] = [(root, name, at, 0)]
    count = 0
    while waiting and count < MOST_FIELDS:
        node, scope, where, depth = waiting.pop()
        if not isinstance(node, Mapping) or depth > DEEPEST:
            continue
        count += 1
        yield from _of_node(node, scope, where, seen, prose="description")
        yield from _of_values(node, scope, where, seen)
        properties = node.get("properties")
        for key, value in properties.items() if isinstance(properties, Mapping) else ():
            waiting.append((value, f"{scope}.{key}", where / "properties" / str(key), depth + 1))
        if isinstance(node.get("items"), Mapping):
            waiting.append((node["items"], f"{scope}[]", where / "items", depth + 1))
        for keyword in ("allOf", "oneOf", "anyOf"):
            branches = node.get(keyword)
            for index, branch in enumerate(branches if isinstance(branches, list) else ()):
                waiting.append((branch, scope, where / keyword / index, depth + 1))


def _of_values(
    node: Mapping[str, Any], scope: str, at: Pointer, seen: datetime.date
) -> Iterator[Sighting]:
    """Single values of a list: Mollie's ``x-deprecated-enum``, and constants with a flag."""
    listed = node.get("x-deprecated-enum")
    for value in listed if isinstance(listed, list) else ():
        signal = deprecated(said="x-deprecated-enum")
        yield _sighting(f"{scope} = {value}", "mollie", signal, at, seen)
    if "const" in node and node.get("deprecated") is True:
        yield _sighting(f"{scope} = {node['const']}", "flag", deprecated(), at, seen)


def _node(contract: Contract, at: Pointer) -> Mapping[str, Any]:
    try:
        node = contract.document.at(at)
    except UnresolvedReference:
        return {}
    return node if isinstance(node, Mapping) else {}
