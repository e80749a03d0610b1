"""The items of a list."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Descent, Movement, Shift, family

__all__ = ["items"]


@family("schema")
def items(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """What is said of every item; where nothing is said, anything goes."""
    old = pair.old_shapes.bound(pair.old.items)
    new = pair.new_shapes.bound(pair.new.items)
    if not pair.comparable or not (old or new):
        return
    if old and new:
        yield pair.descend(old, new, pair.label.step("[]"))
    elif new:
        says = f"{pair.label.start}: items were free and must now obey a schema."
        yield pair.shift("described", Movement.NARROWER, says)
    else:
        says = f"{pair.label.start}: items had to obey a schema and are now free."
        yield pair.shift("undescribed", Movement.WIDER, says)
