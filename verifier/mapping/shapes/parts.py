"""A schema as the pieces that hold together, and the alternatives between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any, NamedTuple

from verifier.model import Document, Pointer, UnresolvedReference

__all__ = ["Branch", "Part", "branches_of"]

DEEPEST = 24
MOST_BRANCHES = 24


class Part(NamedTuple):
    """One schema object as it stands in the document."""

    node: Mapping[str, Any]
    at: Pointer


Branch = tuple[Part, ...]
NULL = Part({"type": "null"}, Pointer())


def branches_of(document: Document, node: Any, at: Pointer, depth: int = 0) -> tuple[Branch, ...]:
    """
    The alternatives of a schema; each is all the parts that hold at once.

    References are followed, ``allOf`` is taken together, ``oneOf`` and ``anyOf`` are taken apart
    (the first ``MOST_BRANCHES``); ``nullable`` of OpenAPI 3.0 becomes an alternative that is null.
    """
    if depth > DEEPEST or not isinstance(node, Mapping):
        return ((),)
    if isinstance(node.get("$ref"), str):
        return _referred(document, node, at, depth)
    groups: list[tuple[Branch, ...]] = [((Part(node, at),),)]
    for index, part in enumerate(_list(node, "allOf")):
        groups.append(branches_of(document, part, at / "allOf" / index, depth + 1))
    for keyword in ("oneOf", "anyOf"):
        alternatives = list(_alternatives(document, node, keyword, at, depth))
        if alternatives:
            groups.append(tuple(alternatives))
    found = tuple(
        tuple(part for branch in combined for part in branch)
        for combined in islice(product(*groups), MOST_BRANCHES)
    )
    return (*found, (NULL,)) if _wrapped_nullable(document, node) else found


def _referred(
    document: Document, node: Mapping[str, Any], at: Pointer, depth: int
) -> tuple[Branch, ...]:
    try:
        target, where = document.resolve({"$ref": node["$ref"]}, at)
    except (UnresolvedReference, ValueError):
        return ((),)
    found = branches_of(document, target, where, depth + 1)
    beside = {key: value for key, value in node.items() if key != "$ref"}
    if not beside or document.dialect in ("2.0", "3.0"):
        return found
    return tuple((Part(beside, at), *branch) for branch in found)


def _alternatives(
    document: Document, node: Mapping[str, Any], keyword: str, at: Pointer, depth: int
) -> Iterator[Branch]:
    for index, part in enumerate(_list(node, keyword)):
        yield from branches_of(document, part, at / keyword / index, depth + 1)


def _wrapped_nullable(document: Document, node: Mapping[str, Any]) -> bool:
    """Whether a schema of OpenAPI 3.0 allows null beside what it is put together of."""
    composed = any(keyword in node for keyword in ("allOf", "oneOf", "anyOf"))
    older = document.dialect in ("2.0", "3.0")
    return composed and older and node.get("nullable") is True and "type" not in node


def _list(node: Mapping[str, Any], keyword: str) -> list[Any]:
    value = node.get(keyword)
    return value if isinstance(value, list) else []
