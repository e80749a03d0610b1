"""All paths as one tree, in which parameters have no names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from verifier.model import Operation

__all__ = ["Node", "grow"]

VARIABLE = re.compile(r"\{([^{}]+)\}")
SUFFIX = re.compile(r"(?<=.)\.(?:json|xml)$", re.IGNORECASE)
CUSTOM_VERB = re.compile(r"^(.+):([A-Za-z]\w*)$")
CALL = re.compile(r"^([^({]+)\('?(\{[^{}]+\})'?\)$")
LONGEST_PATH = 60
METHODS = frozenset(("GET", "POST", "PUT", "PATCH", "DELETE"))


@dataclass(eq=False, slots=True, kw_only=True)
class Node:
    """
    One segment, reached by one way from the root.

    Args:
        text: As written; for parameters their name.
        variable: Whether it takes a value.
        path: The template that ends here, as its author spelled it most.
        names: How many operations call the parameter what.
    """

    text: str = ""
    variable: bool = False
    path: str = ""
    parent: Node | None = field(default=None, repr=False)
    children: dict[str, Node] = field(default_factory=dict, repr=False)
    methods: dict[str, Operation] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)

    @property
    def parameter(self) -> str:
        """The path parameter that it takes, as the operations here spell it; empty for words."""
        if not self.variable:
            return ""
        names = VARIABLE.findall(self.path)
        return names[-1] if names else self.text

    @property
    def fixed(self) -> list[Node]:
        """Children that are words."""
        return [child for child in self.children.values() if not child.variable]

    @property
    def variables(self) -> list[Node]:
        """Children that take a value."""
        return [child for child in self.children.values() if child.variable]

    def walk(self) -> Iterator[Node]:
        """This node and everything below, in the document's order."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def grow(operations: Iterable[Operation]) -> Node:
    """
    The tree of all paths.

    ``{id}:cancel`` becomes two levels, ``Orders('{id}')`` too, and ``.json`` at the end of a path
    is no part of a name. Where two paths differ in a parameter's name only (``/contacts/{number}``,
    ``/contacts/{id}``), the name counts by which most of what stands below is reached.
    """
    root = Node()
    ends: dict[Node, list[tuple[str, Operation]]] = {}
    for operation in operations:
        if operation.method not in METHODS:
            continue
        node, name = root, ""
        for part in islice(_parts(operation.path), LONGEST_PATH):
            node, name = _child(node, part), part.name
        ends.setdefault(node, []).append((name, operation))
    for node, found in ends.items():
        found.sort(key=lambda one: -node.names[one[0]])
        node.path = found[0][1].path
        for _, operation in found:
            node.methods.setdefault(operation.method, operation)
    return root


class _Part(NamedTuple):
    """A level of a path: ``key`` is alike for all names of a parameter, ``name`` is its own."""

    text: str
    key: str
    name: str


def _child(node: Node, part: _Part) -> Node:
    child = node.children.get(part.key)
    if child is None:
        child = Node(text=part.name or part.text, variable=bool(part.name), parent=node)
        node.children[part.key] = child
    child.names[part.name] += 1
    return child


def _parts(path: str) -> Iterator[_Part]:
    plain = SUFFIX.sub("", path.partition("?")[0].partition("#")[0].rstrip("/"))
    for segment in plain.split("/"):
        yield from _levels(segment)


@lru_cache(4096)
def _levels(segment: str) -> tuple[_Part, ...]:
    """A segment, of which a document repeats most."""
    split = CALL.match(segment) or CUSTOM_VERB.match(segment)
    texts = split.groups() if split else (segment,) if segment else ()
    found = ((text, VARIABLE.findall(text)) for text in texts)
    return tuple(
        _Part(text, VARIABLE.sub("{}", text) if names else text, names[-1] if names else "")
        for text, names in found
    )
