"""The items of a list: what each is, what some are, and whether they may repeat."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, free_part
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["items"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
DESCRIBED = Rule(
    name="described",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="Items that were free must obey a schema.",
)
UNDESCRIBED = Rule(
    name="undescribed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="Items that had to obey a schema are free.",
    response=Departure(Impact.WARNING, "only the description is gone; no other value is promised"),
)
UNIQUE = Rule(name="unique", edit=Edit.ADDED, moves=NARROWER, says="Items may not repeat any more.")
REPEATED = Rule(name="repeated", edit=Edit.REMOVED, moves=WIDER, says="Items may now repeat.")
CONTAINS_ADDED = Rule(
    name="contains-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A list must now contain a certain item.",
)
CONTAINS_REMOVED = Rule(
    name="contains-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A list need not contain a certain item any more.",
)


@family("schema", area="schema", reads=("items", "rest", "unique"))
def items(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """What is said of every item; where nothing is said, anything goes."""
    if not pair.comparable or not pair.takes("array"):
        return
    yield from _every(pair)
    yield from _leading(pair)
    old, new = pair.old.rest.get("contains", ()), pair.new.rest.get("contains", ())
    if old and new:
        yield pair.descend(old, new, pair.label.step(" contains"))
    elif old or new:
        fate = "must now" if new else "need no longer"
        says = f"{pair.label.start} {fate} contain a certain item."
        yield pair.shift(CONTAINS_ADDED if new else CONTAINS_REMOVED, says)
    if pair.old.unique != pair.new.unique:
        says = f"{pair.label.start} {'must not' if pair.new.unique else 'may now'} repeat items."
        yield pair.shift(UNIQUE if pair.new.unique else REPEATED, says)


def _every(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old = pair.old_shapes.bound(pair.old.items)
    new = pair.new_shapes.bound(pair.new.items)
    if old and new:
        yield pair.descend(old, new, pair.label.step("[]"))
    elif new:
        says = f"{pair.label.start}: items were free and must now obey a schema."
        yield pair.shift(DESCRIBED, says)
    elif old:
        says = f"{pair.label.start}: items had to obey a schema and are now free."
        yield pair.shift(UNDESCRIBED, says)


def _leading(pair: SchemaPair) -> Iterator[Descent]:
    """The first items, each with a schema of its own; beyond them ``items`` holds."""
    old, new = _tuple(pair.old.rest.get("prefixItems")), _tuple(pair.new.rest.get("prefixItems"))
    for index in range(max(len(old), len(new))):
        before = (old[index],) if index < len(old) else pair.old.items
        after = (new[index],) if index < len(new) else pair.new.items
        yield pair.descend(
            before or (free_part(pair.old.at),),
            after or (free_part(pair.new.at),),
            pair.label.step(f"[{index}]"),
        )


def _tuple(parts: tuple[Part, ...] | None) -> list[Part]:
    if not parts or not isinstance(parts[0].node, list):
        return []
    return [Part(node, parts[0].at / index) for index, node in enumerate(parts[0].node)]
