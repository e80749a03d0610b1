"""Whether a value may be one of a schema, so far as one sees at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from verifier.sampling.outline import Node, Outline, kinds_of
from verifier.sampling.texts import is_fit

__all__ = ["Resemblance", "kinds_of_value"]

DEEPEST = 6
MOST_ITEMS = 3
MOST_LOOKS = 1000
NAMES = {str: "string", float: "number", list: "array", dict: "object", bool: "boolean"}


class Resemblance:
    """
    Compares values with schemas, cheaply; the validator has the last word on the whole.

    Args:
        branches: The alternatives of a schema.
    """

    def __init__(self, outline: Outline, branches: Callable[[Node], list[Node]]) -> None:
        self._outline = outline
        self._branches = branches
        self._left = 0

    def holds(self, schema: Any, value: Any) -> bool:
        """Whether a value may be one of a schema; null never counts."""
        self._left = MOST_LOOKS
        return self._holds(schema, value, 0)

    def _holds(self, schema: Any, value: Any, depth: int) -> bool:
        self._left -= 1
        if schema is False or value is None:
            return False
        node = self._outline.follow(schema)
        if depth > DEEPEST or self._left < 0:
            return True
        if "enum" in node or "const" in node:
            options = node.get("enum", [node.get("const")])
            return any(type(one) is type(value) and one == value for one in options)
        branches = self._branches(node)
        if branches:
            return any(self._holds(branch, value, depth + 1) for branch in branches)
        if "type" in node and not kinds_of_value(value) & set(kinds_of(node)):
            return False
        if isinstance(value, str):
            return is_fit(node, value)
        if isinstance(value, list):
            items = node.get("items", {})
            return all(self._holds(items, item, depth + 1) for item in value[:MOST_ITEMS])
        return not isinstance(value, dict) or self._members(node, value, depth + 1)

    def _members(self, node: Node, value: Mapping[str, Any], depth: int) -> bool:
        if any(name not in value for name in node.get("required", ())):
            return False
        properties = node.get("properties", {})
        more = {} if "patternProperties" in node else node.get("additionalProperties", {})
        return all(
            member is None or self._holds(properties.get(name, more), member, depth)
            for name, member in value.items()
        )


def kinds_of_value(value: Any) -> set[str]:
    """The types of JSON Schema that a value is of."""
    if isinstance(value, int) and not isinstance(value, bool):
        return {"integer", "number"}
    if isinstance(value, float) and value.is_integer():
        return {"integer", "number"}
    return {NAMES.get(type(value), "null")}
