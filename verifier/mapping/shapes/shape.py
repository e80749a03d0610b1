"""A record's schema, looked at by path."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.mapping.nouns import Part as PathPart
from verifier.mapping.nouns import Path
from verifier.mapping.shapes.facts import Facts, facts_of
from verifier.mapping.shapes.parts import Branch, branches_of
from verifier.model import Document, Pointer, Schema

__all__ = ["Field", "Shape", "find", "shape_of", "walk"]

DEEPEST = 8
MOST_FIELDS = 2000


@dataclasses.dataclass(slots=True, eq=False)
class Shape:
    """
    A schema as its alternatives, with the members that they have.

    Members are looked at when they are asked for, so a schema that contains itself is no trouble;
    what was looked at is kept, for every value of every record asks for it again.
    """

    document: Document = dataclasses.field(repr=False)
    branches: tuple[Branch, ...] = dataclasses.field(repr=False)
    at: Pointer
    _facts: Facts | None = dataclasses.field(default=None, repr=False)
    _members: dict[str, Shape | None] = dataclasses.field(default_factory=dict, repr=False)
    _required: dict[str, bool] = dataclasses.field(default_factory=dict, repr=False)
    _items: Shape | None = dataclasses.field(default=None, repr=False)

    @property
    def facts(self) -> Facts:
        """What may stand here."""
        if self._facts is None:
            self._facts = facts_of(self.branches)
        return self._facts

    def names(self) -> tuple[str, ...]:
        """The members that some alternative knows, in the author's order."""
        found: dict[str, None] = {}
        for branch in self.branches:
            for part in branch:
                found.update(dict.fromkeys(map(str, _properties(part.node))))
        return tuple(found)

    def member(self, name: str) -> Shape | None:
        """The schema of a member; None where no alternative has it."""
        if name not in self._members:
            self._members[name] = self._member(name)
        return self._members[name]

    def _member(self, name: str) -> Shape | None:
        found: list[Branch] = []
        at: Pointer | None = None
        for branch in self.branches:
            inner: tuple[Branch, ...] = ((),)
            seen = False
            for part in branch:
                properties = _properties(part.node)
                if name in properties:
                    where = part.at / "properties" / name
                    at = at or where
                    seen = True
                    more = branches_of(self.document, properties[name], where)
                    inner = tuple((*one, *other) for one in inner for other in more)
            if seen:
                found.extend(inner)
        if at is None:
            return None
        return Shape(self.document, tuple(found), at)

    def items(self) -> Shape | None:
        """The schema of a list's items; None where it is no list that says."""
        if self._items is None:
            self._items = self._found_items()
        return self._items

    def _found_items(self) -> Shape | None:
        for branch in self.branches:
            for part in branch:
                if isinstance(part.node.get("items"), Mapping):
                    where = part.at / "items"
                    branches = branches_of(self.document, part.node["items"], where)
                    return Shape(self.document, branches, where)
        return None

    def requires(self, name: str) -> bool:
        """Whether every alternative (but null) asks for a member."""
        if name not in self._required:
            self._required[name] = self._requires(name)
        return self._required[name]

    def _requires(self, name: str) -> bool:
        real = [b for b in self.branches if facts_of((b,)).types != frozenset({"null"})]
        asked = [any(name in _required(part.node) for part in branch) for branch in real]
        return bool(asked) and all(asked)

    @property
    def open(self) -> bool:
        """Whether members that no alternative knows may stand here."""
        nodes = [part.node for branch in self.branches for part in branch]
        return not any(node.get("additionalProperties") is False for node in nodes)

    @property
    def origin(self) -> tuple[Pointer, ...]:
        """The places of its pieces: the same for the same schema, wherever it is used."""
        return tuple(part.at for branch in self.branches for part in branch)

    def schema(self) -> Schema:
        """The same as a schema of its document."""
        return Schema(document=self.document, node=self.document.at(self.at), at=self.at)


class Field(Struct, frozen=True, kw_only=True):
    """
    A field of a record.

    Args:
        required: Whether its parent asks for it.
        certain: Whether it is there in every record: it and all above it are required, not null.
    """

    path: Path
    shape: Shape
    required: bool
    certain: bool

    @property
    def facts(self) -> Facts:
        """What may stand in it."""
        return self.shape.facts


def shape_of(schema: Schema) -> Shape:
    """The shape of a schema."""
    return Shape(schema.document, branches_of(schema.document, schema.node, schema.at), schema.at)


def find(shape: Shape, path: Path) -> Field | None:
    """The field at a path; None where the schema knows of none."""
    required = certain = True
    for part in path.parts:
        inner = shape.member(part.name)
        if inner is None:
            return None
        required = shape.requires(part.name)
        certain = certain and required and not inner.facts.nullable
        if part.many:
            items = inner.items()
            if items is None:
                return None
            certain = certain and inner.facts.fewest_items > 0
            inner = items
        shape = inner
    return Field(path=path, shape=shape, required=required, certain=certain)


def walk(shape: Shape) -> Iterator[Field]:
    """
    Every field of a record, outer before inner, lists entered through ``[]``.

    A schema that contains itself is entered once; at most ``MOST_FIELDS`` are found.
    """
    count = 0
    waiting: list[tuple[Path, Shape, bool, tuple[Any, ...]]] = [(Path(()), shape, True, ())]
    while waiting:
        path, outer, sure, seen = waiting.pop(0)
        for name in outer.names():
            inner = outer.member(name)
            if inner is None or count >= MOST_FIELDS:
                continue
            count += 1
            required = outer.requires(name)
            certain = sure and required and not inner.facts.nullable
            here = Path((*path.parts, PathPart(name)))
            yield Field(path=here, shape=inner, required=required, certain=certain)
            waiting.extend(_inner(here, inner, certain, seen))


def _inner(
    path: Path, shape: Shape, certain: bool, seen: tuple[Any, ...]
) -> Iterator[tuple[Path, Shape, bool, tuple[Any, ...]]]:
    items = shape.items()
    if items is not None:
        path = Path((*path.parts[:-1], PathPart(path.last, many=True)))
        certain = certain and shape.facts.fewest_items > 0
        shape = items
    if len(path.parts) < DEEPEST and shape.origin not in seen and shape.names():
        yield path, shape, certain, (*seen, shape.origin)


def _properties(node: Mapping[str, Any]) -> Mapping[str, Any]:
    value = node.get("properties")
    return value if isinstance(value, Mapping) else {}


def _required(node: Mapping[str, Any]) -> list[Any]:
    value = node.get("required")
    return value if isinstance(value, list) else []
