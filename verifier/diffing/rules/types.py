"""The types of a value: fewer, more, or others; and whether it may be null."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Movement, Shift, family

__all__ = ["types"]


@family("schema")
def types(pair: SchemaPair) -> Iterator[Shift]:
    """Sets of types contain one another or they do not; an integer is a number."""
    old, new = pair.old_kinds, pair.new_kinds
    if old != new:
        words = f"{_name(old)} -> {_name(new)}"
        says = f"{pair.label.start} was {_name(old)} and is now {_name(new)}."
        movement = _movement(old, new)
        name = {Movement.OTHER: "changed"}.get(movement, movement.value)
        yield pair.shift(name, movement, says, words=words)
    if old is not None and new is not None and pair.old.null != pair.new.null:
        if pair.new.null:
            says = f"{pair.label.start} may now be null."
            yield pair.shift("null-allowed", Movement.WIDER, says)
        else:
            says = f"{pair.label.start} may no longer be null."
            yield pair.shift("null-refused", Movement.NARROWER, says)


def _movement(old: frozenset[str] | None, new: frozenset[str] | None) -> Movement:
    if new is None or (old is not None and old <= new):
        return Movement.WIDER
    if old is None or new <= old:
        return Movement.NARROWER
    return Movement.OTHER


def _name(kinds: frozenset[str] | None) -> str:
    if kinds is None:
        return "of any type"
    shown = kinds - {"integer"} if "number" in kinds else kinds
    return " or ".join(sorted(shown)) or "impossible"
