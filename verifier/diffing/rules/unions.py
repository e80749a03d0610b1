"""The alternatives of oneOf and anyOf, paired by what they are, not by where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.branches import Branch, alike, described, matched
from verifier.diffing.rule import Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Shape
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Movement

__all__ = ["unions"]

MOST_SHOWN = 8
NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
REMOVED = Rule(name="removed", edit=Edit.REMOVED, moves=NARROWER, says="An alternative is gone.")
ADDED = Rule(name="added", edit=Edit.ADDED, moves=WIDER, says="There is a further alternative.")
REPLACED = Rule(
    name="replaced",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="What was one thing is one of several others, or the reverse.",
)


@family("schema", area="schema")
def unions(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """One alternative more is wider, one fewer narrower; the order says nothing."""
    old, new = _branches(pair.old), _branches(pair.new)
    if pair.split:
        yield from _came(pair, new) if new else _went(pair, old)
        return
    if not (old or new) or not pair.comparable:
        return
    pairs, gone, come = matched(pair, old, new)
    for before, after in pairs:
        title = described(pair.new_shapes, after)
        yield pair.descend(before, after, pair.label.step(f"<{title}>"))
    for branch in gone:
        if _within(pair.old_shapes.of(branch), pair.new_kinds):
            title = described(pair.old_shapes, branch)
            says = f"{pair.label.start} can no longer be {title}."
            yield pair.shift(REMOVED, says, words=title, old=branch[0].at)
    for branch in come:
        if _within(pair.new_shapes.of(branch), pair.old_kinds):
            title = described(pair.new_shapes, branch)
            says = f"{pair.label.start} can now also be {title}."
            yield pair.shift(ADDED, says, words=title, new=branch[0].at)


def _branches(shape: Shape) -> list[Branch]:
    return [branch for union in shape.unions for branch in union.branches]


def _within(branch: Shape, kinds: frozenset[str] | None) -> bool:
    """Whether the types of a branch are no news: where they are, that is told as such."""
    return kinds is None or branch.kinds is None or branch.kinds <= kinds


def _came(pair: SchemaPair, new: list[Branch]) -> Iterator[Shift | Descent]:
    """A plain schema that became alternatives: wider where it is still one of them."""
    held = alike(pair.old, pair.new_shapes, new)
    if held is not None:
        after = (held[0]._replace(null=pair.new.null), *held[1:])
        yield pair.descend(pair.old_parts, after, pair.label)
    titles = [
        described(pair.new_shapes, branch)
        for branch in new
        if branch is not held and _within(pair.new_shapes.of(branch), pair.old_kinds)
    ]
    if titles:
        says = f"{pair.label.start} can now {'also ' if held else ''}be {_all(titles)}."
        yield pair.shift(ADDED if held else REPLACED, says, words=_all(titles))


def _went(pair: SchemaPair, old: list[Branch]) -> Iterator[Shift | Descent]:
    """Alternatives of which one is left."""
    held = alike(pair.new, pair.old_shapes, old)
    if held is not None:
        before = (held[0]._replace(null=pair.old.null), *held[1:])
        yield pair.descend(before, pair.new_parts, pair.label)
    titles = [
        described(pair.old_shapes, branch)
        for branch in old
        if branch is not held and _within(pair.old_shapes.of(branch), pair.new_kinds)
    ]
    if titles:
        says = f"{pair.label.start} can no longer be {_all(titles)}."
        yield pair.shift(REMOVED if held else REPLACED, says, words=_all(titles))


def _all(titles: list[str]) -> str:
    more = len(titles) - MOST_SHOWN
    return ", or ".join(titles[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")
