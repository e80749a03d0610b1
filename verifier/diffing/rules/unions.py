"""The alternatives of oneOf and anyOf, paired by what they are, not by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, Shape
from verifier.diffing.shifts import Descent, Movement, Shift, family
from verifier.model import Impact, Side

__all__ = ["unions"]

Branch = tuple[Part, ...]


@family("schema")
def unions(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """One alternative more is wider, one fewer narrower; the order says nothing."""
    yield from _discriminator(pair)
    old, new = _branches(pair.old), _branches(pair.new)
    if not (old or new) or not pair.comparable:
        return
    if not old or not new:
        yield from _came_or_went(pair, old, new)
        return
    pairs, gone, come = _match(pair, old, new)
    for before, after in pairs:
        yield pair.descend(before, after, pair.label.step(f"<{_title(pair, after)}>"))
    for branch in gone:
        title = _title_old(pair, branch)
        says = f"{pair.label.start} can no longer be {title}."
        yield pair.shift("removed", Movement.NARROWER, says, words=title, old=branch[0].at)
    for branch in come:
        title = _title(pair, branch)
        says = f"{pair.label.start} can now also be {title}."
        yield pair.shift("added", Movement.WIDER, says, words=title, new=branch[0].at)


def _branches(shape: Shape) -> list[Branch]:
    return [branch for union in shape.unions for branch in union.branches]


def _came_or_went(pair: SchemaPair, old: list[Branch], new: list[Branch]) -> Iterator[Shift]:
    """A plain schema that became alternatives: wider where it is still one of them."""
    plain = pair.old if new else pair.new
    branches = new or old
    shape = pair.shape_new if new else pair.shape_old
    held = any(_face(shape(branch)) == _face(plain) for branch in branches)
    title = ", ".join(sorted(_name(shape(branch)) for branch in branches[:8]))
    if new:
        says = f"{pair.label.start} is now one of several alternatives: {title}."
        yield pair.shift("came", Movement.WIDER if held else Movement.OTHER, says, words=title)
    else:
        says = f"{pair.label.start} was one of several alternatives and is now one only."
        yield pair.shift("went", Movement.NARROWER if held else Movement.OTHER, says, words=title)


def _match(
    pair: SchemaPair, old: list[Branch], new: list[Branch]
) -> tuple[list[tuple[Branch, Branch]], list[Branch], list[Branch]]:
    """Pair branches letter by letter, then by name, then by what they look like."""
    pairs: list[tuple[Branch, Branch]] = []
    left_old, left_new = list(old), list(new)
    tests: tuple[Callable[[Branch, Branch], bool], ...] = (
        pair.same,
        lambda a, b: bool(_reference(a)) and _reference(a) == _reference(b),
        lambda a, b: _face(pair.shape_old(a)) == _face(pair.shape_new(b)),
        lambda a, b: _kinship(pair.shape_old(a), pair.shape_new(b)),
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
    if not mine and not yours:
        return True
    return 2 * len(mine & yours) > max(len(mine), len(yours))


def _title(pair: SchemaPair, branch: Branch) -> str:
    return _reference(branch).rpartition("/")[2] or _name(pair.shape_new(branch))


def _title_old(pair: SchemaPair, branch: Branch) -> str:
    return _reference(branch).rpartition("/")[2] or _name(pair.shape_old(branch))


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
