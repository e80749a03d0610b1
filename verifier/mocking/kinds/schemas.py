"""Questions about schemas: is it a list, of what, and is it the same as another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.model import Schema, UnresolvedReference

__all__ = [
    "alternatives",
    "choices",
    "declared",
    "fitting",
    "is_read_only",
    "items_of",
    "members_of",
    "node_of",
    "overlap",
    "required",
    "same",
    "types",
]

PARTS = ("allOf", "anyOf", "oneOf")
DEEPEST = 6


def node_of(schema: Schema | None) -> Mapping[str, Any]:
    """The schema's own keywords, references followed; empty where there are none."""
    if schema is None:
        return {}
    try:
        node = schema.resolved().value
    except UnresolvedReference:
        return {}
    return node if isinstance(node, Mapping) else {}


def members_of(schema: Schema | None) -> Mapping[str, Schema]:
    """The members of an object, or of all the objects that a value may be instead."""
    if schema is None:
        return {}
    own = schema.members()
    if own:
        return own
    found: dict[str, Schema] = {}
    for part in _parts(schema, 0):
        for name, member in part.members().items():
            found.setdefault(name, member)
    return found


def declared(schema: Schema | None) -> Mapping[str, list[Schema]]:
    """The members of an object with each schema that ``allOf`` gives them: all of them hold."""
    found: dict[str, list[Schema]] = {}
    for part in _parts(schema, 0, ("allOf",)):
        properties = part.resolved().value.get("properties")
        for name, node in properties.items() if isinstance(properties, Mapping) else ():
            at = part.at / "properties" / name
            found.setdefault(str(name), []).append(Schema(document=part.document, node=node, at=at))
    return found


def alternatives(schema: Schema | None) -> list[Schema]:
    """What a value may be instead of one another, each with members of its own."""
    parts = list(_parts(schema, 0, ("anyOf", "oneOf")))
    return [part for part in parts if part.members()]


def items_of(schema: Schema | None) -> Schema | None:
    """The schema of a list's members; None where it is no list."""
    for part in _parts(schema, 0):
        node, at = part.resolved()
        inner = node.get("items")
        if isinstance(inner, Mapping):
            return Schema(document=part.document, node=inner, at=at / "items")
    return None


def types(schema: Schema | None) -> frozenset[str]:
    """The JSON types that a schema names, those of its parts included."""
    found: set[str] = set()
    for part in _parts(schema, 0):
        named = part.resolved().value.get("type")
        listed = named if isinstance(named, list) else [named]
        found |= {one for one in listed if isinstance(one, str)}
        if "properties" in part.resolved().value:
            found.add("object")
    return frozenset(found)


def choices(schema: Schema | None) -> list[Any]:
    """The values that a schema lists; none where it lists none."""
    for part in _parts(schema, 0):
        node = part.resolved().value
        if isinstance(node.get("enum"), list):
            return list(node["enum"])
        if "const" in node:
            return [node["const"]]
    return []


def required(schema: Schema | None) -> set[str]:
    """The members that must be there, those that ``allOf`` asks for included."""
    found: set[str] = set()
    for part in _parts(schema, 0, ("allOf",)):
        named = part.resolved().value.get("required")
        found |= {n for n in named if isinstance(n, str)} if isinstance(named, list) else set()
    return found


def is_read_only(schema: Schema | None) -> bool:
    """Whether only the vendor writes a member."""
    return bool(node_of(schema).get("readOnly"))


def same(first: Schema | None, second: Schema | None) -> bool:
    """Whether two schemas are one, by address."""
    if first is None or second is None:
        return False
    try:
        return first.resolved().at == second.resolved().at
    except UnresolvedReference:
        return False


def fitting(schema: Schema, given: Mapping[str, Any]) -> Schema:
    """
    Of what an object may be instead (``anyOf``, ``oneOf``) the part that knows most of the given
    members and forbids none of them; the schema itself where there is no choice.
    """
    if schema.members():
        return schema
    known = [(part, part.members()) for part in _parts(schema, 0)]
    fit = [
        (sum(name in members for name in given), part)
        for part, members in known
        if members and not any(_forbids(members.get(name), v) for name, v in given.items())
    ]
    most, part = max(fit, key=lambda pair: pair[0], default=(0, schema))
    return part if most else schema


def _forbids(member: Schema | None, value: Any) -> bool:
    listed = choices(member)
    return bool(listed) and value not in listed


def overlap(part: Schema | None, whole: Schema | None) -> float:
    """How many of the members of one schema another knows, 0 to 1."""
    known = members_of(part)
    return len(known.keys() & members_of(whole).keys()) / len(known) if known else 0.0


def _parts(
    schema: Schema | None, depth: int, keywords: tuple[str, ...] = PARTS
) -> Iterator[Schema]:
    """A schema, and what it is composed of."""
    if schema is None or depth > DEEPEST:
        return
    try:
        node, at = schema.resolved()
    except UnresolvedReference:
        return
    if not isinstance(node, Mapping):
        return
    yield Schema(document=schema.document, node=node, at=at)
    for keyword in keywords:
        inner = node.get(keyword)
        for index, part in enumerate(inner if isinstance(inner, list) else ()):
            nested = Schema(document=schema.document, node=part, at=at / keyword / index)
            yield from _parts(nested, depth + 1, keywords)
