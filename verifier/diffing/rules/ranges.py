"""How long, how many and how large: ends of ranges, steps, and uniqueness."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Bound
from verifier.diffing.shifts import Movement, Shift, family

__all__ = ["ranges"]

NAMES = {
    "minimum": "smallest value",
    "maximum": "largest value",
    "minLength": "shortest length",
    "maxLength": "longest length",
    "minItems": "smallest number of items",
    "maxItems": "largest number of items",
    "minProperties": "smallest number of members",
    "maxProperties": "largest number of members",
    "minContains": "smallest number of matching items",
    "maxContains": "largest number of matching items",
}


@family("schema")
def ranges(pair: SchemaPair) -> Iterator[Shift]:
    """An end that comes nearer narrows, and so does one where there was none."""
    if not pair.comparable:
        return
    whole = pair.old_kinds == pair.new_kinds == frozenset({"integer"})
    for old, new, sign in (
        (pair.old.lower, pair.new.lower, 1),
        (pair.old.upper, pair.new.upper, -1),
    ):
        for keyword in sorted(old.keys() | new.keys()):
            yield from _end(
                pair, keyword, _read(old, keyword, whole), _read(new, keyword, whole), sign
            )
    yield from _steps(pair)
    if pair.old.unique != pair.new.unique:
        says = f"{pair.label.start} {'must not' if pair.new.unique else 'may now'} repeat items."
        movement = Movement.NARROWER if pair.new.unique else Movement.WIDER
        yield pair.shift("unique", movement, says, words=str(pair.new.unique))


def _read(ends: Mapping[str, Bound], keyword: str, whole: bool) -> Bound | None:
    """An end; of integers as the last number inside, so that both spellings are one."""
    end = ends.get(keyword)
    if end is None or not whole or not end.exclusive or not math.isfinite(end.value):
        return end
    inside = math.floor(end.value) + 1 if keyword == "minimum" else math.ceil(end.value) - 1
    return Bound(inside)


def _end(
    pair: SchemaPair, keyword: str, old: Bound | None, new: Bound | None, sign: int
) -> Iterator[Shift]:
    before, after = _height(old, sign), _height(new, sign)
    if before == after:
        return
    tighter = after > before
    says = f"{pair.label.start}: the {NAMES[keyword]} was {_name(old)} and is now {_name(new)}."
    yield pair.shift(
        "tightened" if tighter else "loosened",
        Movement.NARROWER if tighter else Movement.WIDER,
        says,
        words=f"{keyword} {_name(old)} -> {_name(new)}",
    )


def _height(end: Bound | None, sign: int) -> tuple[float, bool]:
    """The higher, the stricter, for both ends."""
    return (-math.inf, False) if end is None else (sign * end.value, end.exclusive)


def _name(end: Bound | None) -> str:
    if end is None:
        return "unlimited"
    return f"{end.value} (itself excluded)" if end.exclusive else str(end.value)


def _steps(pair: SchemaPair) -> Iterator[Shift]:
    old, new = pair.old.steps, pair.new.steps
    if old == new:
        return
    narrower, wider = _covers(old, new), _covers(new, old)
    movement = Movement.NARROWER if narrower else Movement.WIDER if wider else Movement.OTHER
    says = f"{pair.label.start} had to be a multiple of {_all(old)} and now of {_all(new)}."
    yield pair.shift("step", movement, says, words=f"{_all(old)} -> {_all(new)}")


def _covers(outer: set[float], inner: set[float]) -> bool:
    """Whether every multiple of all inner steps is one of each outer step."""
    return all(any(math.isclose(i / o, round(i / o)) for i in inner) for o in outer)


def _all(steps: set[float]) -> str:
    return " and ".join(str(step) for step in sorted(steps)) or "nothing in particular"
