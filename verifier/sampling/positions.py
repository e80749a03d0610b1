"""Every place of a value that its schema says something about, and what to change there."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.model import escape
from verifier.sampling.breaks import breaks, list_breaks
from verifier.sampling.changes import GONE, Added, Change
from verifier.sampling.edges import edges, list_edges
from verifier.sampling.making import Draw, Maker
from verifier.sampling.outline import Node, kinds_of
from verifier.sampling.resemblance import kinds_of_value

__all__ = ["break_changes", "edge_changes"]

MOST_POSITIONS = 200
DEEPEST = 5
# Optional members that the value lacks are added one at a time this far down.
DEEPEST_ADDED = 2
CLOSING = frozenset(("additionalProperties", "unevaluatedProperties"))
EXTRA = Added("verifierUnknownMember", 1)


class _Position(Struct, frozen=True):
    """
    One place.

    Args:
        node: What the schema says there, the branch that the value takes merged in.
        branches: Every way that the schema offers there.
        required: Whether it cannot be left out.
        removable: Whether it is a member of an object.
    """

    pointer: str
    node: Node
    value: Any
    branches: tuple[Node, ...]
    required: bool
    removable: bool
    depth: int
    under: tuple[str, Any] | None = None

    def change(self, kind: str, says: str, value: Any) -> Change:
        """A change of this place."""
        return Change(kind, self.pointer, says, value, self.under)


def edge_changes(maker: Maker, base: Any) -> Iterator[Change]:
    """Changes towards what is only just allowed, one place after the other."""
    for at in _positions(maker, base):
        if at.under is not None and at.pointer == at.under[0]:
            yield at.change("given", "given", at.value)
        for kind, says, value in edges(at.node):
            if not (value == at.value and type(value) is type(at.value)):
                yield at.change(kind, says, value)
        if isinstance(at.value, list):
            item = at.value[0] if at.value else _one(maker, at.node.get("items"))
            for kind, says, value in list_edges(at.node, item):
                if value != at.value:
                    yield at.change(kind, says, value)
        if at.removable and not at.required and at.under is None:
            yield at.change("left-out", "left out", GONE)
        yield from _alternatives(maker, at)


def _alternatives(maker: Maker, at: _Position) -> Iterator[Change]:
    for index, branch in enumerate(at.branches if len(at.branches) > 1 else ()):
        if kinds_of(branch) == ("null",):
            yield at.change("null", "null", None)
        else:
            yield at.change("branch", f"alternative {index + 1}", _one(maker, branch))


def break_changes(maker: Maker, base: Any) -> Iterator[Change]:
    """Changes that break the value in one way; the whole, which tells the least, comes last."""
    places = _positions(maker, base)
    whole = next(places)
    for at in places:
        yield from _broken(at)
    yield from _broken(whole)


def _broken(at: _Position) -> Iterator[Change]:
    if at.required and at.removable:
        yield at.change("missing-required", "left out", GONE)
    for kind, says, value in breaks(at.node, at.value):
        yield at.change(kind, says, value)
    if isinstance(at.value, list):
        for kind, says, value in list_breaks(at.node, at.value):
            yield at.change(kind, says, value)
    if isinstance(at.value, dict) and CLOSING & {k for k, v in at.node.items() if v is False}:
        yield at.change("extra-property", "a member that is not described", EXTRA)


def _one(maker: Maker, node: Any, name: str = "") -> Any:
    draw = Draw(random.Random(name), 0.0)  # noqa: S311  (the same for the same schema)
    return maker.of(node if node is not None else {}, name)(draw, 1)


def _positions(maker: Maker, base: Any) -> Iterator[_Position]:
    """Breadth first, so that what stands on top comes first."""
    waiting = deque([_seen(maker, "", maker.outline.root, base, True, False, 0)])
    for _ in range(MOST_POSITIONS):
        if not waiting:
            return
        at = waiting.popleft()
        yield at
        if at.depth < DEEPEST:
            waiting.extend(_inner(maker, at))


def _inner(maker: Maker, at: _Position) -> Iterator[_Position]:
    if isinstance(at.value, dict):
        yield from _members(maker, at)
    elif isinstance(at.value, list) and at.value:
        listed = at.node.get("prefixItems") or [at.node.get("items")]
        if isinstance(listed[0], Mapping):
            pointer, depth = f"{at.pointer}/0", at.depth + 1
            yield _seen(maker, pointer, listed[0], at.value[0], True, False, depth, at.under)


def _members(maker: Maker, at: _Position) -> Iterator[_Position]:
    required = at.node.get("required", ())
    properties = at.node.get("properties", {})
    more = at.node.get("additionalProperties")
    depth = at.depth + 1
    for key, held in at.value.items():
        member = properties.get(key, more)
        if isinstance(member, Mapping):
            pointer = f"{at.pointer}/{escape(key)}"
            yield _seen(maker, pointer, member, held, key in required, True, depth, at.under)
    if at.under is not None or at.depth >= DEEPEST_ADDED:
        return
    for key, member in properties.items():
        if key not in at.value and not maker.unwanted(member):
            pointer = f"{at.pointer}/{escape(str(key))}"
            made = _one(maker, member, str(key))
            yield _seen(maker, pointer, member, made, False, True, depth, (pointer, made))


def _seen(
    maker: Maker,
    pointer: str,
    schema: Any,
    value: Any,
    required: bool,
    removable: bool,
    depth: int,
    under: tuple[str, Any] | None = None,
) -> _Position:
    node = maker.outline.follow(schema)
    every: list[Node] = []
    for turn in range(DEEPEST):
        branches = [maker.outline.follow(branch) for branch in maker.branches(node)]
        if not branches:
            break
        every = branches if turn == 0 else every
        node = max(branches, key=lambda branch: _likeness(maker, branch, value))
    return _Position(pointer, node, value, tuple(every), required, removable, depth, under)


def _likeness(maker: Maker, node: Node, value: Any) -> int:
    """How well a branch describes a value, so far as one sees at a glance."""
    if not kinds_of_value(value) & set(kinds_of(node)):
        return -2
    if not isinstance(value, dict):
        options = node.get("enum", [node["const"]] if "const" in node else None)
        return 1 if options and value in options else 0
    if any(name not in value for name in node.get("required", ())):
        return -1
    properties = node.get("properties", {})
    score = 0
    for name in value.keys() & properties.keys():
        member = maker.outline.follow(properties[name])
        options = member.get("enum", [member["const"]] if "const" in member else None)
        if options and value[name] not in options:
            return -1
        score += 2 if options else 1
    return score
