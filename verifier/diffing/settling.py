"""What references, wrappings and alternatives come to, once they are put in the plainest way."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.diffing.shapes import Part
from verifier.model import Document, Node, Pointer, UnresolvedReference

__all__ = ["COMPOSED", "DEEPEST", "OLDER", "Branches", "branches_of", "followed", "settle"]

DEEPEST = 64
DEEPEST_NULL = 4  # wrappings around a null that is an alternative
COMPOSED = frozenset({"$ref", "allOf", "oneOf", "anyOf"})
OLDER = ("2.0", "3.0")
SILENT = frozenset({"$ref", "nullable", "description", "summary", "title", "example", "examples"})
WRAPPING = (SILENT - {"$ref"}) | {"allOf", "oneOf", "anyOf"}
LISTING = frozenset(
    {"enum", "const", "type", "format", "title", "description", "deprecated", "example", "examples"}
)
BARE = frozenset({"type", "description", "title", "example", "examples", "nullable"})


def settle(document: Document, part: Part) -> Part:
    """What a mere reference or wrapping means, so that every way to a schema leads to one place."""
    for _ in range(DEEPEST):
        node = part.node
        if not isinstance(node, dict) or COMPOSED.isdisjoint(node):
            break
        if not isinstance(node.get("$ref"), str):
            inner = _wrapped(part)
            if inner is None:
                break
            part = inner
            continue
        if document.dialect not in OLDER and not SILENT.issuperset(node):
            break  # what stands beside the reference counts since 3.1
        found = followed(document, node["$ref"], part.at)
        if isinstance(found, UnresolvedReference):
            break
        part = Part(found.value, found.at, part.null or node.get("nullable") is True)
    return part


def followed(document: Document, reference: str, base: Pointer) -> Node | UnresolvedReference:
    """What a reference leads to, one step on, or why it leads nowhere; looked up once."""
    shelf = _FOLLOWED.setdefault(document, {})
    key = (base.file, reference)
    found = shelf.get(key)
    if found is None:
        try:
            target = document.target(reference, base)
            found = Node(document.at(target), target)
        except UnresolvedReference as error:
            found = error
        shelf[key] = found
    return found


def _wrapped(part: Part) -> Part | None:
    """The one thing that a composition consists of, but for null; None where it says more."""
    for keyword in ("allOf", "oneOf", "anyOf"):
        branches = part.node.get(keyword)
        if not isinstance(branches, list) or not WRAPPING.issuperset(part.node):
            continue
        said = [i for i, node in enumerate(branches) if not _only_null(node)]
        if len(said) == 1 and (keyword != "allOf" or len(branches) == 1):
            null = part.null or len(branches) > 1 or part.node.get("nullable") is True
            index = said[0]
            return Part(branches[index], part.at / keyword / index, null)
    return None


class Branches(Struct):
    """
    Alternatives that say something.

    Args:
        null: Whether one was only null.
        named: Values listed beside their bare type: they say what is usual, and refuse none.
        options: All values, where every alternative only lists some.
    """

    kept: list[Part]
    null: bool
    named: list[Any] = field(default_factory=list)
    options: list[Any] = field(default_factory=list)


def branches_of(document: Document, node: Mapping[str, Any], keyword: str, at: Pointer) -> Branches:
    """What a ``oneOf`` or ``anyOf`` offers, put in the plainest way."""
    written = [Part(n, at / keyword / i) for i, n in enumerate(_list(node.get(keyword)))]
    kept = [part for part in written if not _means_null(document, part)]
    found = Branches(kept, len(kept) < len(written))
    if len(kept) < 2:
        return found
    bare = {kind for part in kept if (kind := _bare_type(part.node))}
    values = [_listed(settle(document, part).node) for part in kept] if bare else []
    for part, listed in zip(list(kept), values, strict=False):
        if "string" in bare and listed and all(isinstance(value, str) for value in listed):
            found.named += listed
            kept.remove(part)
    if not bare:
        found.options = _enumeration(document, kept)
    return found


def _enumeration(document: Document, parts: list[Part]) -> list[Any]:
    """The values of alternatives that are each nothing but listed values; else none."""
    found: list[Any] = []
    for part in parts:
        node = settle(document, part).node
        if not isinstance(node, dict) or not LISTING.issuperset(node):
            return []
        listed = _listed(node)
        if not listed:
            return []
        found += listed
    return found


def _bare_type(node: Any) -> str:
    """The type of a schema that says nothing else; empty where it does."""
    plain = isinstance(node, dict) and isinstance(node.get("type"), str)
    return str(node["type"]) if plain and BARE.issuperset(node) else ""


def _listed(node: Any) -> list[Any]:
    if not isinstance(node, dict):
        return []
    return [node["const"]] if "const" in node else _list(node.get("enum"))


def _means_null(document: Document, part: Part, depth: int = 0) -> bool:
    """Whether it is null and nothing else, also behind a name or in a wrapping."""
    node = part.node
    if not isinstance(node, dict) or COMPOSED.isdisjoint(node) or depth > DEEPEST_NULL:
        return _only_null(node)
    if isinstance(node.get("$ref"), str):
        found = followed(document, node["$ref"], part.at)
        if isinstance(found, UnresolvedReference) or not SILENT.issuperset(node):
            return False
        return _means_null(document, Part(found.value, found.at), depth + 1)
    for keyword in ("allOf", "oneOf", "anyOf"):
        inner = _list(node.get(keyword))
        if len(inner) == 1 and WRAPPING.issuperset(node):
            return _means_null(document, Part(inner[0], part.at / keyword / 0), depth + 1)
    return False


def _only_null(node: Any) -> bool:
    if not isinstance(node, dict) or "$ref" in node:
        return False
    return node.get("type") in ("null", ["null"]) or node.get("enum") == [None]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


Followed = dict[tuple[str, str], Node | UnresolvedReference]
_FOLLOWED: weakref.WeakKeyDictionary[Document, Followed] = weakref.WeakKeyDictionary()
