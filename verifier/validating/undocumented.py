"""Members of an answer that its schema does not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.encoding import Shape
from verifier.model import Schema
from verifier.validating.explanation import pointer

__all__ = ["undocumented_members"]

MOST_MEMBERS = 50
MOST_ITEMS = 20


def undocumented_members(schema: Schema, value: Any) -> tuple[str, ...]:
    """
    JSON pointers of the members that no property, pattern or map of the schema covers.

    An object whose schema names no properties is free-form: nothing in it is undocumented. Of an
    array the first twenty items are looked at; at most fifty members are named.
    """
    found: list[str] = []
    for path in _walk(Shape.of(schema), value, []):
        found.append(path)
        if len(found) >= MOST_MEMBERS:
            break
    return tuple(found)


def _walk(shape: Shape, value: Any, path: list[str | int]) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            if not shape.knows(name):
                yield pointer([*path, name])
            else:
                yield from _walk(shape.member(name), member, [*path, name])
    elif isinstance(value, list):
        items = shape.items()
        for index, member in enumerate(value[:MOST_ITEMS]):
            yield from _walk(items, member, [*path, index])
