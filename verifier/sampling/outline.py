"""
A schema as the sampler reads it: its rules, and the hints that the document gives beside them.

What is asserted comes from the standalone form that values are checked with; examples, defaults and
names of formats are no assertions, and come from the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.model import Document, Pointer, Schema, UnresolvedReference
from verifier.sampling.merging import merged
from verifier.validating import Direction
from verifier.validating.standalone import bundle

__all__ = ["Node", "Outline", "kinds_of"]

Node = Mapping[str, Any]
SHOWN = ("example", "examples", "default")
HINTS = (*SHOWN, "readOnly", "writeOnly", "deprecated", "format", "discriminator")
INNER = ("not", "if", "then", "else", "items", "additionalProperties", "propertyNames", "contains")
BRANCHES = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPS = ("properties", "patternProperties")
LONGEST_CHAIN = 32
KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "object",
        frozenset(("properties", "required", "additionalProperties", "patternProperties"))
        | frozenset(("minProperties", "propertyNames")),
    ),
    ("array", frozenset(("items", "prefixItems", "minItems", "contains"))),
    ("number", frozenset(("minimum", "maximum", "multipleOf"))),
    ("string", frozenset(("pattern", "minLength", "maxLength", "format"))),
)


class Outline:
    """
    One schema in one direction, its references followed when they are reached.

    Args:
        direction: Members that this direction hides are not asked for.
    """

    def __init__(self, schema: Schema, direction: Direction) -> None:
        made = bundle(schema, direction)
        self._document: Document = schema.document
        self._definitions: Mapping[str, Any] = made.schema.get("$defs", {})
        self._origins: Mapping[str, Pointer] = made.origins
        self._hinted: dict[str, Any] = {}
        self._followed: dict[int, tuple[Any, Node]] = {}
        self._hiding = "readOnly" if direction is Direction.REQUEST else "writeOnly"
        bare = {key: value for key, value in made.schema.items() if key != "$defs"}
        self.root: Any = _hinted(bare, made.root.value)

    def follow(self, node: Any) -> Node:
        """A schema with its references followed and its ``allOf`` merged."""
        if not isinstance(node, Mapping):
            return {}
        kept = self._followed.get(id(node))
        if kept is None:
            # The node is kept so that its id is given to no other.
            kept = self._followed[id(node)] = (node, self._follow(node))
        return kept[1]

    def hides(self, member: Any) -> bool:
        """Whether a member is not for this direction: read-only ones are not sent."""
        for _ in range(LONGEST_CHAIN):
            if not isinstance(member, Mapping) or member.get(self._hiding) is True:
                break
            if "$ref" not in member:
                parts = member.get("allOf")
                return isinstance(parts, list) and len(parts) == 1 and self.hides(parts[0])
            member = self._definition(member["$ref"])
        return isinstance(member, Mapping) and member.get(self._hiding) is True

    def distinguished(self, node: Node, branch: Any) -> Any:
        """
        An alternative with the name by which the discriminator knows it (OpenAPI 3.1.1, 4.8.25).

        That is no assertion, but what a vendor that reads it goes by.
        """
        hint = node.get("discriminator")
        if not isinstance(hint, Mapping) or not isinstance(branch, Mapping):
            return branch
        name = hint.get("propertyName")
        if not isinstance(name, str) or "$ref" not in branch:
            return branch
        at = self._origins.get(str(branch["$ref"]).removeprefix("#/$defs/"))
        known = at.path.rpartition("/")[2] if at else ""
        mapping = hint.get("mapping")
        for value, target in mapping.items() if isinstance(mapping, Mapping) else ():
            if str(target).rpartition("/")[2] == known:
                known = str(value)
                break
        member = self.follow(branch).get("properties", {}).get(name, {})
        if not known or {"enum", "const"} & self.follow(member).keys():
            return branch
        return {"allOf": [branch, {"properties": {name: {"const": known}}}]}

    def _follow(self, node: Any) -> Node:
        for _ in range(LONGEST_CHAIN):
            if not isinstance(node, Mapping):
                return {}
            if "$ref" in node:
                target = self._definition(node["$ref"])
                rest = {key: value for key, value in node.items() if key != "$ref"}
                node = merged(rest, target) if rest and isinstance(target, Mapping) else target
            elif node.get("allOf"):
                node = self._whole(node)
            else:
                return node
        return {}

    def _whole(self, node: Node) -> Node:
        whole: Node = {key: value for key, value in node.items() if key != "allOf"}
        parts = [self._part(part) for part in node["allOf"]]
        objects = sum("properties" in part for part in (whole, *parts))
        for part in parts:
            # The example of one part of several lacks what the others ask for.
            bare = {k: v for k, v in part.items() if k not in SHOWN} if objects > 1 else part
            whole = merged(whole, bare)
        return whole

    def _part(self, part: Any) -> Node:
        """One part of an ``allOf``; a circle of them is cut."""
        known = self._followed.get(id(part))
        if known is not None:
            return known[1]
        if isinstance(part, Mapping):
            self._followed[id(part)] = (part, {})
            self._followed[id(part)] = (part, self._follow(part))
        return self._followed[id(part)][1] if isinstance(part, Mapping) else {}

    def _definition(self, reference: Any) -> Any:
        name = str(reference).removeprefix("#/$defs/")
        if name not in self._hinted:
            try:
                note = self._document.at(self._origins[name])
            except (KeyError, UnresolvedReference):
                note = {}
            self._hinted[name] = _hinted(self._definitions.get(name, {}), note)
        return self._hinted[name]


def kinds_of(node: Node) -> tuple[str, ...]:
    """The types that a schema allows, guessed from its keywords where it names none."""
    kind = node.get("type")
    if isinstance(kind, str):
        return (kind,)
    if isinstance(kind, list):
        return tuple(kind)
    return next(((name,) for name, keywords in KINDS if node.keys() & keywords), ("string",))


def _hinted(node: Any, note: Any) -> Any:
    """A converted schema with the hints of what it was converted from."""
    if not isinstance(node, Mapping):
        return node
    note = note if isinstance(note, Mapping) else {}
    if note.get("nullable") is True and "anyOf" in node and "anyOf" not in note:
        inner, *rest = node["anyOf"]
        return {**node, "anyOf": [_hinted(inner, note), *rest]}
    found = {**node, **{key: note[key] for key in HINTS if key in note}}
    for key in INNER:
        if isinstance(node.get(key), Mapping):
            found[key] = _hinted(node[key], note.get(key))
    for key in MAPS:
        if key in node:
            notes = note.get(key)
            notes = notes if isinstance(notes, Mapping) else {}
            found[key] = {name: _hinted(m, notes.get(name)) for name, m in node[key].items()}
    for key in BRANCHES:
        if key in node:
            found[key] = [_hinted(b, _member(note, key, i)) for i, b in enumerate(node[key])]
    return found


def _member(note: Mapping[str, Any], key: str, index: int) -> Any:
    listed = note.get(key)
    if key == "prefixItems" and not isinstance(listed, list):
        listed = note.get("items")
    return listed[index] if isinstance(listed, list) and index < len(listed) else None
