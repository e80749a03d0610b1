"""What kinds of value a schema allows: enough to read text as the value that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from verifier.model import Document, Pointer, Schema, UnresolvedReference

__all__ = ["Shape"]

MOST_BRANCHES = 64
_INTEGER = re.compile(r"-?[0-9]{1,400}")
_NUMBER = re.compile(r"-?[0-9]{1,400}(?:\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?")
_KINDS: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
    type(None): "null",
}


class Shape:
    """A schema seen through its references and its ``allOf``, ``anyOf`` and ``oneOf``."""

    __slots__ = ("_branches", "_items", "_members", "enum", "is_binary", "types")

    def __init__(self, branches: list[tuple[Document, Mapping[str, Any], Pointer]]) -> None:
        self._branches = branches
        self._items: Shape | None = None
        self._members: dict[str, Shape] = {}
        self.enum = frozenset(
            value for _, node, _ in branches for value in _options(node) if isinstance(value, str)
        )
        self.types = frozenset(kind for _, node, _ in branches for kind in _types(node))
        self.is_binary = any(
            node.get("format") == "binary"
            or node.get("type") == "file"
            or node.get("contentMediaType") == "application/octet-stream"
            for _, node, _ in branches
        )

    @classmethod
    def of(cls, schema: Schema | None) -> Shape:
        """The shape of a schema; one that knows nothing where there is none."""
        if schema is None:
            return _FREE
        return cls(list(_branches(schema.document, schema.node, schema.at, [MOST_BRANCHES])))

    @property
    def properties(self) -> dict[str, None]:
        """The names of the members that the schema describes, in order."""
        return {
            str(name): None
            for _, node, _ in self._branches
            if isinstance(node.get("properties"), Mapping)
            for name in node["properties"]
        }

    @property
    def formats(self) -> frozenset[str]:
        """The formats that the schema names."""
        named = (node.get("format") for _, node, _ in self._branches)
        return frozenset(name for name in named if isinstance(name, str))

    def knows(self, name: str) -> bool:
        """Whether a member is described, or the object is free-form."""
        described = False
        for _, node, _ in self._branches:
            properties = node.get("properties")
            if isinstance(properties, Mapping) and properties:
                described = True
                if name in properties:
                    return True
            if "patternProperties" in node or node.get("additionalProperties") not in (None, False):
                return True
        return not described

    def items(self) -> Shape:
        """The shape of an array's members."""
        if self._items is None:
            self._items = self._inner("items")
        return self._items

    def member(self, name: str) -> Shape:
        """The shape of an object's member."""
        found = self._members.get(name)
        if found is None:
            found = self._named(name)
            self._members[name] = found
        return found

    def cast(self, text: str) -> Any:
        """
        The value that a text stands for; the text itself where it fits nothing better.

        A text that does not parse stays text, so that validation can name it.
        """
        types = self.types
        if not types or text in self.enum:
            return text
        if "boolean" in types and text in ("true", "false"):
            return text == "true"
        if ("integer" in types or "number" in types) and _INTEGER.fullmatch(text):
            return int(text)
        if "number" in types and _NUMBER.fullmatch(text):
            return float(text)
        return None if "null" in types and text == "null" else text

    def cast_all(self, value: Any) -> Any:
        """The same for every leaf of texts in lists and dictionaries."""
        if isinstance(value, str):
            return self.cast(value)
        if isinstance(value, list):
            items = self.items()
            return [items.cast_all(member) for member in value]
        return {name: self.member(name).cast_all(member) for name, member in value.items()}

    def _named(self, name: str) -> Shape:
        for document, node, at in self._branches:
            properties = node.get("properties")
            if isinstance(properties, Mapping) and name in properties:
                where = at / "properties" / name
                return Shape(list(_branches(document, properties[name], where, [MOST_BRANCHES])))
        return self._inner("additionalProperties")

    def _inner(self, keyword: str) -> Shape:
        for document, node, at in self._branches:
            if isinstance(node.get(keyword), Mapping):
                found = _branches(document, node[keyword], at / keyword, [MOST_BRANCHES])
                return Shape(list(found))
        return _FREE


def _branches(
    document: Document, node: Any, at: Pointer, left: list[int]
) -> Iterator[tuple[Document, Mapping[str, Any], Pointer]]:
    try:
        node, at = document.resolve(node, at)
    except UnresolvedReference:
        return
    if not isinstance(node, Mapping) or left[0] <= 0:
        return
    left[0] -= 1
    yield document, node, at
    for keyword in ("allOf", "anyOf", "oneOf"):
        branches = node.get(keyword)
        for index, branch in enumerate(branches if isinstance(branches, list) else ()):
            yield from _branches(document, branch, at / keyword / index, left)


def _options(node: Mapping[str, Any]) -> list[Any]:
    options = node.get("enum")
    found = options if isinstance(options, list) else []
    return [*found, node["const"]] if "const" in node else found


def _types(node: Mapping[str, Any]) -> Iterator[str]:
    declared = node.get("type")
    if isinstance(declared, str):
        yield declared
    elif isinstance(declared, list):
        yield from (kind for kind in declared if isinstance(kind, str))
    else:
        yield from (_KINDS.get(type(option), "") for option in _options(node))
        if "properties" in node:
            yield "object"
        if "items" in node:
            yield "array"
    if node.get("nullable") is True:
        yield "null"


_FREE = Shape([])
