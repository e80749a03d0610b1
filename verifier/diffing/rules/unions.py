"""The alternatives of oneOf and anyOf, paired by what they are, not by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.diffing.folding import Shapes
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, Shape
from verifier.diffing.shifts import Descent, Movement, Shift, family
from verifier.model import Impact, Side

__all__ = ["unions"]

MOST_SHOWN = 8

Branch = tuple[Part, ...]


@family("schema")
def unions(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """One alternative more is wider, one fewer narrower; the order says nothing."""
    yield from _discriminator(pair)
    old, new = _branches(pair.old), _branches(pair.new)
    if pair.split:
        yield from _came(pair, new) if new else _went(pair, old)
        return
    if not (old or new) or not pair.comparable:
        return
    pairs, gone, come = _match(pair, old, new)
    for before, after in pairs:
        yield pair.descend(before, after, pair.label.step(f"<{_title(pair.new_shapes, after)}>"))
    for branch in gone:
        if _within(pair.old_shapes.of(branch), pair.new_kinds):
            title = _title(pair.old_shapes, branch)
            says = f"{pair.label.start} can no longer be {title}."
            yield pair.shift("removed", Movement.NARROWER, says, words=title, old=branch[0].at)
    for branch in come:
        if _within(pair.new_shapes.of(branch), pair.old_kinds):
            title = _title(pair.new_shapes, branch)
            says = f"{pair.label.start} can now also be {title}."
            yield pair.shift("added", Movement.WIDER, says, words=title, new=branch[0].at)


def _branches(shape: Shape) -> list[Branch]:
    return [branch for union in shape.unions for branch in union.branches]


def _within(branch: Shape, kinds: frozenset[str] | None) -> bool:
    """Whether the types of a branch are no news: where they are, that is told as such."""
    return kinds is None or branch.kinds is None or branch.kinds <= kinds


def _came(pair: SchemaPair, new: list[Branch]) -> Iterator[Shift | Descent]:
    """A plain schema that became alternatives: wider where it is still one of them."""
    held = _same_kind(pair.old, pair.new_shapes, new)
    if held is not None:
        after = (held[0]._replace(null=pair.new.null), *held[1:])
        yield pair.descend(pair.old_parts, after, pair.label)
    others = [branch for branch in new if branch is not held]
    titles = [
        _title(pair.new_shapes, branch)
        for branch in others
        if _within(pair.new_shapes.of(branch), pair.old_kinds)
    ]
    if titles:
        says = f"{pair.label.start} can now also be {_all(titles)}."
        movement = Movement.WIDER if held else Movement.OTHER
        yield pair.shift("came", movement, says, words=_all(titles))


def _went(pair: SchemaPair, old: list[Branch]) -> Iterator[Shift | Descent]:
    """Alternatives of which one is left."""
    held = _same_kind(pair.new, pair.old_shapes, old)
    if held is not None:
        before = (held[0]._replace(null=pair.old.null), *held[1:])
        yield pair.descend(before, pair.new_parts, pair.label)
    others = [branch for branch in old if branch is not held]
    titles = [
        _title(pair.old_shapes, branch)
        for branch in others
        if _within(pair.old_shapes.of(branch), pair.new_kinds)
    ]
    if titles:
        says = f"{pair.label.start} can no longer be {_all(titles)}."
        movement = Movement.NARROWER if held else Movement.OTHER
        yield pair.shift("went", movement, says, words=_all(titles))


def _same_kind(plain: Shape, shapes: Shapes, branches: list[Branch]) -> Branch | None:
    """The branch that a plain schema is: the one that looks like it, or is of its types alone."""
    face = _face(plain)
    alike = [branch for branch in branches if _face(shapes.of(branch)) == face]
    alike = alike or [b for b in branches if _kinship(plain, shapes.of(b))]
    alike = alike or [b for b in branches if shapes.of(b).kinds == plain.kinds]
    return alike[0] if alike else None


def _all(titles: list[str]) -> str:
    more = len(titles) - MOST_SHOWN
    return ", or ".join(titles[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _match(
    pair: SchemaPair, old: list[Branch], new: list[Branch]
) -> tuple[list[tuple[Branch, Branch]], list[Branch], list[Branch]]:
    """Pair branches letter by letter, then by name, then by what they look like."""
    pairs: list[tuple[Branch, Branch]] = []
    left_old, left_new = list(old), list(new)
    tests: tuple[Callable[[Branch, Branch], bool], ...] = (
        pair.same,
        lambda a, b: bool(_reference(a)) and _reference(a) == _reference(b),
        lambda a, b: _face(pair.old_shapes.of(a)) == _face(pair.new_shapes.of(b)),
        lambda a, b: _kinship(pair.old_shapes.of(a), pair.new_shapes.of(b)),
        lambda a, b: _alone(pair, a, left_old, b, left_new),
    )
    for test in tests:
        for before in list(left_old):
            found = next((after for after in left_new if test(before, after)), None)
            if found is not None:
                pairs.append((before, found))
                left_old.remove(before)
                left_new.remove(found)
    return pairs, left_old, left_new


def _reference(branch: Branch) -> str:
    node = branch[0].node
    return str(node.get("$ref", "")) if isinstance(node, dict) else ""


def _face(shape: Shape) -> tuple[object, ...]:
    """What tells alternatives apart: types, listed values, names of members."""
    options = frozenset(shape.options) if shape.options is not None else None
    return shape.kinds, options, frozenset(shape.properties), bool(shape.unions)


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


def _title(shapes: Shapes, branch: Branch) -> str:
    return _reference(branch).rpartition("/")[2] or _name(shapes.of(branch))


def _name(shape: Shape) -> str:
    if shape.options:
        return b", ".join(list(shape.options)[:4]).decode(errors="replace")[:80]
    if shape.properties:
        return "an object with " + ", ".join(list(shape.properties)[:4])[:80]
    return " or ".join(sorted(shape.kinds or {"anything"}))


def _discriminator(pair: SchemaPair) -> Iterator[Shift]:
    old, new = pair.old.discriminator, pair.new.discriminator
    if old and new and old != new:
        says = f"{pair.label.start} is told apart by '{new[:80]}' instead of '{old[:80]}'."
        # The values themselves are compared elsewhere; generated clients choose a class by it.
        felt = Impact.BREAKING if pair.side is Side.RESPONSE else Impact.WARNING
        yield pair.shift(
            "discriminator", Movement.OTHER, says, words=f"{old} -> {new}", impact=felt
        )
