"""Which alternative of one schema is which of the other, and what to call it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from verifier.diffing.folding import Shapes
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.settling import settle
from verifier.diffing.shapes import Part, Shape, canonical

__all__ = ["Branch", "alike", "described", "matched", "offered"]

MOST_ITEMS = 200
DEEPEST_SIGNATURE = 6
WORDS = frozenset({"title", "description", "summary", "example", "examples", "externalDocs"})
Branch = tuple[Part, ...]
Pairs = list[tuple[Branch, Branch]]


def matched(
    pair: SchemaPair, old: list[Branch], new: list[Branch]
) -> tuple[Pairs, list[Branch], list[Branch]]:
    """
    Pair branches: letter by letter, by name, by tag, by what they look like, by being alone.

    Returns:
        The pairs, what is left of the earlier ones, and what is left of the later ones.
    """
    pairs: Pairs = []
    left_old, left_new = list(old), list(new)
    own = _unique(old) & _unique(new)
    tests: tuple[Callable[[Branch, Branch], bool], ...] = (
        pair.same,
        lambda a, b: _signature(a[0].node) == _signature(b[0].node),
        lambda a, b: _reference(a) in own and _reference(a) == _reference(b),
        lambda a, b: bool(_tags(pair, a)) and _tags(pair, a) == _tags(pair, b, new=True),
        lambda a, b: not _clash(pair, a, b) and _looks_alike(pair, a, b),
        lambda a, b: not _clash(pair, a, b) and _kinship(*_shapes(pair, a, b)),
        lambda a, b: not _clash(pair, a, b) and _alone(pair, a, left_old, b, left_new),
        lambda a, b: not _clash(pair, a, b) and _nearest(pair, a, left_old, b, left_new),
    )
    for test in tests:
        for before in list(left_old):
            found = next((after for after in left_new if test(before, after)), None)
            if found is not None:
                pairs.append((before, found))
                left_old.remove(before)
                left_new.remove(found)
    return pairs, left_old, left_new


def offered(shape: Shape) -> list[Branch]:
    """All alternatives of a schema, of however many choices."""
    return [branch for union in shape.unions for branch in union.branches]


def _unique(branches: list[Branch]) -> set[str]:
    """Names that one alternative alone has: a shared base says nothing."""
    counts = Counter(_reference(branch) for branch in branches)
    return {name for name, count in counts.items() if name and count == 1}


def _shapes(pair: SchemaPair, old: Branch, new: Branch) -> tuple[Shape, Shape]:
    return pair.old_shapes.of(old), pair.new_shapes.of(new)


def _looks_alike(pair: SchemaPair, old: Branch, new: Branch) -> bool:
    before, after = _shapes(pair, old, new)
    return _face(pair.old_shapes, before) == _face(pair.new_shapes, after)


def alike(plain: Shape, shapes: Shapes, branches: list[Branch]) -> Branch | None:
    """The branch that a plain schema is: the one that looks like it, or is of its types alone."""
    face = _face(shapes, plain)
    found = [branch for branch in branches if _face(shapes, shapes.of(branch)) == face]
    found = found or [b for b in branches if _kinship(plain, shapes.of(b))]
    found = found or [b for b in branches if shapes.of(b).kinds == plain.kinds]
    return found[0] if found else None


def described(shapes: Shapes, branch: Branch) -> str:
    """What a sentence calls an alternative: its component's name, or what it looks like."""
    return _reference(branch).rpartition("/")[2] or _name(shapes.of(branch))


def _reference(branch: Branch) -> str:
    """The component that it is: by itself, or as the first part of an ``allOf``."""
    node = branch[0].node
    if not isinstance(node, dict):
        return ""
    parts = node.get("allOf")
    if "$ref" not in node and isinstance(parts, list) and parts and isinstance(parts[0], dict):
        node = parts[0]
    return str(node.get("$ref", ""))


def _tags(pair: SchemaPair, branch: Branch, *, new: bool = False) -> dict[str, bytes]:
    """Members that can have one value only, and the value: they say which alternative it is."""
    shapes = pair.new_shapes if new else pair.old_shapes
    shape = shapes.of(branch)
    found = {}
    for name in shape.properties:
        for part in shape.member(name):
            value = _only_value(settle(shapes.document, part).node)
            if value is not None:
                found[name] = value
    return found


def _only_value(node: Any) -> bytes | None:
    if not isinstance(node, dict):
        return None
    if "const" in node:
        return canonical(node["const"])
    values = node.get("enum")
    alone = isinstance(values, list) and len(values) == 1
    return canonical(values[0]) if alone and values else None


def _clash(pair: SchemaPair, old: Branch, new: Branch) -> bool:
    """Whether the two say of themselves that they are different alternatives."""
    before, after = _tags(pair, old), _tags(pair, new, new=True)
    return any(before[name] != after[name] for name in before.keys() & after.keys())


def _signature(node: Any, depth: int = 0, *, named: bool = False) -> Any:
    """
    What is written, whatever the order, and without what is only told to people.

    Args:
        named: Whether the keys are names of members, of which one may be ``description``.
    """
    if isinstance(node, list):
        return frozenset(_signature(item, depth + 1) for item in node[:MOST_ITEMS])
    if not isinstance(node, dict) or depth > DEEPEST_SIGNATURE:
        return canonical(node) if not isinstance(node, dict) else len(node)
    return frozenset(
        (key, _signature(value, depth + 1, named=key == "properties" and not named))
        for key, value in node.items()
        if named or key not in WORDS
    )


def _face(shapes: Shapes, shape: Shape, depth: int = 0) -> tuple[object, ...]:
    """What tells alternatives apart: types, listed values, names of members, what lists hold."""
    options = frozenset(shape.options) if shape.options is not None else None
    inner = shapes.of(shape.items) if shape.items and depth < 2 else None
    return (
        shape.kinds,
        options,
        frozenset(shape.properties) or frozenset(shape.required),
        len(shape.unions),
        _face(shapes, inner, depth + 1) if inner is not None else None,
    )


def _kinship(old: Shape, new: Shape) -> bool:
    """Whether two alternatives of one kind share most of their members."""
    if old.kinds != new.kinds:
        return False
    mine, yours = set(old.properties), set(new.properties)
    return 2 * len(mine & yours) > max(len(mine), len(yours))


def _alone(
    pair: SchemaPair, old: Branch, left_old: list[Branch], new: Branch, left_new: list[Branch]
) -> bool:
    """Whether two alternatives are the only ones of their types that are left."""
    kinds = pair.old_shapes.of(old).kinds
    rivals = [b for b in left_old if pair.old_shapes.of(b).kinds == kinds]
    found = [b for b in left_new if pair.new_shapes.of(b).kinds == kinds]
    return len(rivals) == len(found) == 1 and found[0] is new


def _nearest(
    pair: SchemaPair, old: Branch, left_old: list[Branch], new: Branch, left_new: list[Branch]
) -> bool:
    """Whether of two alternatives one holds the types of the other, and of no other one left."""
    before, after = _shapes(pair, old, new)
    rivals = [b for b in left_old if _hold(pair.old_shapes.of(b), after)]
    found = [b for b in left_new if _hold(before, pair.new_shapes.of(b))]
    return len(rivals) == len(found) == 1 and found[0] is new and rivals[0] is old


def _hold(one: Shape, other: Shape) -> bool:
    """Whether the types of one are among those of the other: an integer is a number."""
    mine, yours = one.kinds, other.kinds
    return mine is not None and yours is not None and (mine <= yours or yours <= mine)


def _name(shape: Shape) -> str:
    if shape.options:
        return b", ".join(list(shape.options)[:4]).decode(errors="replace")[:80]
    if shape.properties:
        return "an object with " + ", ".join(list(shape.properties)[:4])[:80]
    if shape.required:
        return "something that has " + " and ".join(sorted(shape.required)[:4])[:80]
    return " or ".join(sorted(shape.kinds or {"anything"}))
