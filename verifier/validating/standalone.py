"""A schema with everything that it refers to, and nothing else, as one JSON Schema."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from verifier.model import Document, Node, Pointer, Schema, UnresolvedReference, unescape
from verifier.validating.conversion import Conversion
from verifier.validating.keywords import FORMATS
from verifier.validating.violations import Direction

__all__ = ["Bundle", "bundle", "standalone", "trace"]

_UNFIT = re.compile(r"[^A-Za-z0-9_.-]+")


class Bundle(Struct, frozen=True, kw_only=True):
    """
    A standalone schema and where its pieces came from.

    Args:
        root: The schema itself, as it stands in the document.
        origins: Name under ``$defs`` to the definition's place in the document.
        unchecked: A sentence for everything that had to be left out.
    """

    schema: dict[str, Any]
    root: Node
    origins: Mapping[str, Pointer]
    unchecked: tuple[str, ...]


class _Piece(Struct, frozen=True):
    schema: Any
    needs: tuple[str, ...]
    unchecked: tuple[str, ...]


def standalone(schema: Schema, direction: Direction) -> dict[str, Any]:
    """
    A self-contained JSON Schema 2020-12: only the reachable definitions, under ``$defs``.

    What could not be carried over is anything there; ``validator(...).unchecked`` names it.
    """
    return bundle(schema, direction).schema


def bundle(schema: Schema, direction: Direction, *, formats: frozenset[str] = FORMATS) -> Bundle:
    """The same with the origins of its pieces."""
    library = _library(schema.document, direction, formats)
    root = library.root(schema.document, schema.node, schema.at)
    pieces = library.reachable(schema.document, root.needs)
    if isinstance(root.schema, dict):
        whole = dict(root.schema)
    else:
        whole = {} if root.schema else {"not": {}}
    if pieces:
        whole["$defs"] = {name: piece.schema for name, piece in pieces.items()}
    said = [*root.unchecked, *(line for piece in pieces.values() for line in piece.unchecked)]
    return Bundle(
        schema=whole,
        root=Node(schema.node, schema.at),
        origins={name: library.places[name] for name in pieces},
        unchecked=tuple(dict.fromkeys(said)),
    )


class _Library:
    """The converted definitions of one document, each made when it is first reached."""

    def __init__(self, direction: Direction, formats: frozenset[str]) -> None:
        self.direction = direction
        self.formats = formats
        self.places: dict[str, Pointer] = {}
        self._names: dict[Pointer, str] = {}
        self._pieces: dict[str, _Piece] = {}
        self._anchors: dict[str, dict[str, Pointer]] = {}
        self._roots: dict[tuple[int, Pointer], tuple[Any, _Piece]] = {}

    def root(self, document: Document, node: Any, at: Pointer) -> _Piece:
        """A schema that is asked for itself: by who checks its values, and by who makes them."""
        key = (id(node), at)
        if key not in self._roots:
            # The node is kept so that its id is given to no other.
            self._roots[key] = (node, self.piece(document, node, at))
        return self._roots[key][1]

    def piece(self, document: Document, node: Any, at: Pointer) -> _Piece:
        needs: dict[str, None] = {}
        said: list[str] = []

        def refer(target: Pointer) -> str:
            name = self._name(target)
            needs[name] = None
            return name

        def anchor(target: Pointer) -> Pointer:
            return self._anchor(document, target)

        conversion = Conversion(document, self.direction, self.formats, refer, anchor, said.append)
        converted = conversion.convert(node, at)
        return _Piece(converted, tuple(needs), tuple(said))

    def reachable(self, document: Document, needs: tuple[str, ...]) -> dict[str, _Piece]:
        found: dict[str, _Piece] = {}
        waiting = list(reversed(needs))
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            piece = self._pieces.get(name)
            if piece is None:
                at = self.places[name]
                piece = self.piece(document, document.at(at), at)
                self._pieces[name] = piece
            found[name] = piece
            waiting.extend(piece.needs)
        return found

    def _anchor(self, document: Document, target: Pointer) -> Pointer:
        if target.file not in self._anchors:
            root = document.at(Pointer(target.file))
            self._anchors[target.file] = _anchors(root, target.file)
        found = self._anchors[target.file].get(target.path)
        if found is None:
            raise UnresolvedReference(f"there is no anchor '{target.path}'")
        return found

    def _name(self, target: Pointer) -> str:
        name = self._names.get(target)
        if name is None:
            wanted = _UNFIT.sub("_", unescape(target.path.rpartition("/")[2])) or "schema"
            name, number = wanted, 1
            while name in self.places:
                number += 1
                name = f"{wanted}-{number}"
            self._names[target] = name
            self.places[name] = target
        return name


def _anchors(root: Any, file: str) -> dict[str, Pointer]:
    """Every anchor of a file; the first of a name counts."""
    found: dict[str, Pointer] = {}
    waiting = [(root, Pointer(file))]
    while waiting:
        node, at = waiting.pop()
        members: Iterable[tuple[Any, Any]] = enumerate(node)
        if isinstance(node, Mapping):
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(node.get(keyword), str):
                    found.setdefault(node[keyword], at)
            members = node.items()
        waiting.extend((m, at / k) for k, m in members if isinstance(m, (Mapping, list)))
    return found


# Kept beside each document for as long as it lives.
_LIBRARIES: weakref.WeakKeyDictionary[
    Document, dict[tuple[Direction, frozenset[str]], _Library]
] = weakref.WeakKeyDictionary()


def _library(document: Document, direction: Direction, formats: frozenset[str]) -> _Library:
    shelf = _LIBRARIES.setdefault(document, {})
    library = shelf.get((direction, formats))
    if library is None:
        library = shelf[direction, formats] = _Library(direction, formats)
    return library


def trace(made: Bundle, document: Document, path: list[str | int]) -> Pointer:
    """
    Where a keyword of a bundle stands in the document, or what it was made of.

    Args:
        path: The keyword's path in the bundle's schema.
    """
    steps = list(path)
    node, at = made.root
    if steps[:1] == ["$defs"] and len(steps) > 1:
        at = made.origins[str(steps[1])]
        node = _at(document, at)
        steps = steps[2:]
    while steps:
        step = steps.pop(0)
        if isinstance(node, Mapping) and step in node:
            node = node[str(step)]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        elif step == "anyOf" and steps:
            steps.pop(0)  # the wrapping that makes a reference nullable
            continue
        else:
            break
        at = at / step
    return at


def _at(document: Document, at: Pointer) -> Any:
    try:
        return document.at(at)
    except UnresolvedReference:
        return None
