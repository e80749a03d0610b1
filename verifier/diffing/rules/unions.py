"""The alternatives of oneOf and anyOf, paired by what they are, not by where they stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from verifier.diffing.branches import Branch, alike, described, matched, offered
from verifier.diffing.folding import Shapes
from verifier.diffing.rule import Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Shape
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Movement, Side

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

CONSTRAINED = Rule(
    name="constrained",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A value must also fit one of several alternatives.",
)
RELEASED = Rule(
    name="released",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A value need not fit one of several alternatives any more.",
)


@family("schema", area="schema", reads=("unions",))
def unions(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """One alternative more is wider, one fewer narrower; the order says nothing."""
    old, new = offered(pair.old), offered(pair.new)
    if pair.old.free or pair.new.free:
        return  # told as such: described, or not described any more
    if pair.split:
        yield from _came(pair, new) if new else _went(pair, old)
        return
    if not (old or new) or not pair.comparable:
        return
    if not old or not new:
        yield from _condition(pair, old, new)
        return
    pairs, gone, come = matched(pair, old, new)
    for before, after in pairs:
        title = described(pair.new_shapes, after)
        yield pair.descend(*_without_null(pair, before, after), pair.label.step(f"<{title}>"))
    for branch in gone:
        if _within(pair.old_shapes.of(branch), pair.new_kinds) and not _taken(
            pair.old_shapes.of(branch), (pair.new_shapes.of(b) for b in new)
        ):
            title = described(pair.old_shapes, branch)
            says = f"{pair.label.start} can no longer be {title}."
            yield pair.shift(REMOVED, says, words=title, old=branch[0].at, likely=branch)
    for branch in come:
        if _within(pair.new_shapes.of(branch), pair.old_kinds) and not _taken(
            pair.new_shapes.of(branch), (pair.old_shapes.of(b) for b in old)
        ):
            title = described(pair.new_shapes, branch)
            says = f"{pair.label.start} can now also be {title}."
            yield pair.shift(ADDED, says, words=title, new=branch[0].at, likely=branch)


def _without_null(pair: SchemaPair, old: Branch, new: Branch) -> tuple[Branch, Branch]:
    """Null is told of the whole, so that an alternative which alone lets it through is silent."""
    before, after = pair.old_shapes.of(old), pair.new_shapes.of(new)
    if before.null == after.null or before.types is None or after.types is None:
        return old, new
    first, second = old[0]._replace(null=True), new[0]._replace(null=True)
    return (first, *old[1:]), (second, *new[1:])


def _condition(pair: SchemaPair, old: list[Branch], new: list[Branch]) -> Iterator[Shift]:
    """Beside a schema of its own a choice is one more condition, unless it was kept anyhow."""
    shapes, plain = (pair.new_shapes, pair.old) if new else (pair.old_shapes, pair.new)
    if any(_demands_only(shapes.of(branch)) <= plain.required for branch in new or old):
        return
    titles = [described(shapes, branch) for branch in new or old]
    fate = "must now also be" if new else "need no longer be"
    says = f"{pair.label.start} {fate} {_all(titles)}."
    yield pair.shift(CONSTRAINED if new else RELEASED, says, words=_all(titles))


def _demands_only(shape: Shape) -> frozenset[str]:
    """The members that an alternative asks for, where it asks for nothing else."""
    plain = Shape(at=shape.at, required=shape.required)
    return frozenset(shape.required) if shape == plain else frozenset({""})


def _within(branch: Shape, kinds: frozenset[str] | None) -> bool:
    """Whether the types of a branch are no news: where they are, that is told as such."""
    return kinds is None or branch.kinds is None or branch.kinds <= kinds


def _taken(branch: Shape, others: Iterable[Shape]) -> bool:
    """Whether one of the others lets through all values of an alternative, or of its types."""
    kinds = branch.kinds
    return kinds is not None and any(
        other.types is not None and kinds <= other.types and _lets_through(other, branch.options)
        for other in others
    )


def _lets_through(other: Shape, values: Mapping[bytes, Any] | None) -> bool:
    """Whether a schema lets through all of its types, or at least these texts, by their length."""
    texts = [value for value in values.values() if isinstance(value, str)] if values else []
    plain = dataclasses.replace(other, named=None, null=True)
    if values and len(texts) == len(values):
        least, most = other.lower.get("minLength"), other.upper.get("maxLength")
        if any((least and len(t) < least.value) or (most and len(t) > most.value) for t in texts):
            return False
        plain = dataclasses.replace(plain, lower={}, upper={})
    return plain == Shape(at=other.at, types=other.types)


def _came(pair: SchemaPair, new: list[Branch]) -> Iterator[Shift | Descent]:
    """A plain schema that became alternatives: wider where it is still one of them."""
    held = alike(pair.old, pair.new_shapes, new)
    if held is not None:
        after = (held[0]._replace(null=pair.new.null), *held[1:])
        title = described(pair.new_shapes, held)
        inner = pair.descend(pair.old_parts, after, pair.label.step(f"<{title}>"))
        narrows = (pair.side is Side.REQUEST) is not pair.negated
        rivals = narrows and _rivals(pair.new_shapes, held, new)
        yield replace(inner, tentative=inner.tentative or rivals)
    others = [
        branch
        for branch in new
        if branch is not held
        and _within(pair.new_shapes.of(branch), pair.old_kinds)
        and not _taken(pair.new_shapes.of(branch), (pair.old,))
    ]
    if others:
        titles = [described(pair.new_shapes, branch) for branch in others]
        says = f"{pair.label.start} can now {'also ' if held else ''}be {_all(titles)}."
        rule, likely = ADDED if held else REPLACED, tuple(branch[0] for branch in others)
        yield pair.shift(rule, says, words=_all(titles), likely=likely)


def _went(pair: SchemaPair, old: list[Branch]) -> Iterator[Shift | Descent]:
    """Alternatives of which one is left."""
    held = alike(pair.new, pair.old_shapes, old)
    if held is not None:
        before = (held[0]._replace(null=pair.old.null), *held[1:])
        title = described(pair.old_shapes, held)
        inner = pair.descend(before, pair.new_parts, pair.label.step(f"<{title}>"))
        widens = (pair.side is Side.RESPONSE) is not pair.negated
        rivals = widens and _rivals(pair.old_shapes, held, old)
        yield replace(inner, tentative=inner.tentative or rivals)
    others = [
        branch
        for branch in old
        if branch is not held
        and _within(pair.old_shapes.of(branch), pair.new_kinds)
        and not _taken(pair.old_shapes.of(branch), (pair.new,))
    ]
    if others:
        titles = [described(pair.old_shapes, branch) for branch in others]
        says = f"{pair.label.start} can no longer be {_all(titles)}."
        rule, likely = REMOVED if held else REPLACED, tuple(branch[0] for branch in others)
        yield pair.shift(rule, says, words=_all(titles), likely=likely)


def _rivals(shapes: Shapes, held: Branch, branches: list[Branch]) -> bool:
    """Whether what one alternative refuses another one of its types may allow."""
    mine = shapes.of(held).kinds
    kinds = [shapes.of(branch).kinds for branch in branches if branch is not held]
    return any(mine is None or yours is None or bool(mine & yours) for yours in kinds)


def _all(titles: list[str]) -> str:
    more = len(titles) - MOST_SHOWN
    return ", or ".join(titles[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")
