"""How many levels the least value of a schema has: what to choose where a value must end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from verifier.sampling.outline import Node, Outline

__all__ = ["ENDLESS", "Heights"]

ENDLESS: Final = 1000
MOST_VISITS = 400
DEEPEST = 50


class Heights:
    """
    Measures schemas.

    Args:
        branches: The alternatives of a schema.
    """

    def __init__(self, outline: Outline, branches: Callable[[Node], list[Node]]) -> None:
        self._outline = outline
        self._branches = branches
        self._known: dict[int, tuple[Any, int]] = {}

    def of(self, schema: Any) -> int:
        """Levels of the least value, 0 for a scalar; ENDLESS where none was found."""
        if id(schema) not in self._known:
            found = _Search(self._outline, self._branches).of(schema, 0)
            # The schema is kept so that its id is given to no other.
            self._known[id(schema)] = (schema, found)
        return self._known[id(schema)][1]


class _Search:
    """One measurement; a circle is endless, and so is what takes too long to find out."""

    def __init__(self, outline: Outline, branches: Callable[[Node], list[Node]]) -> None:
        self.outline = outline
        self.branches = branches
        self.left = MOST_VISITS
        self.open: set[int] = set()

    def of(self, schema: Any, depth: int) -> int:
        node = self.outline.follow(schema)
        self.left -= 1
        if self.left < 0 or depth > DEEPEST or id(node) in self.open:
            return ENDLESS
        self.open.add(id(node))
        try:
            return self._of(node, depth + 1)
        finally:
            self.open.discard(id(node))

    def _of(self, node: Node, depth: int) -> int:
        if "enum" in node or "const" in node:
            return 0
        branches = self.branches(node)
        if branches:
            return min(self.of(branch, depth) for branch in branches)
        properties = node.get("properties", {})
        inner = [properties[name] for name in node.get("required", ()) if name in properties]
        if node.get("minItems", 0):
            inner += [*node.get("prefixItems", ()), node.get("items", {})][:1]
        if not inner:
            return 0
        return min(ENDLESS, 1 + max(self.of(member, depth) for member in inner))
