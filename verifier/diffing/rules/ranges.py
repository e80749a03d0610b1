"""How long, how many and how large: ends of ranges, and steps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from verifier.diffing.rule import Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Bound
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Movement

__all__ = ["ranges"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
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
NUMBERS, LISTS = frozenset({"integer", "number"}), frozenset({"array"})
TEXTS, OBJECTS = frozenset({"string"}), frozenset({"object"})
OF = {
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "minLength": TEXTS,
    "maxLength": TEXTS,
    "minProperties": OBJECTS,
    "maxProperties": OBJECTS,
} | dict.fromkeys(("minItems", "maxItems", "minContains", "maxContains"), LISTS)
TIGHTENED = Rule(
    name="tightened", edit=Edit.CHANGED, moves=NARROWER, says="An end of a range came nearer."
)
LOOSENED = Rule(
    name="loosened", edit=Edit.CHANGED, moves=WIDER, says="An end of a range went further away."
)
LIMITED = Rule(name="limited", edit=Edit.ADDED, moves=NARROWER, says="A range has an end now.")
UNLIMITED = Rule(
    name="unlimited", edit=Edit.REMOVED, moves=WIDER, says="A range has no end any more."
)
STEP_WIDENED = Rule(
    name="step-widened", edit=Edit.CHANGED, moves=WIDER, says="A number has finer steps."
)
STEP_NARROWED = Rule(
    name="step-narrowed", edit=Edit.CHANGED, moves=NARROWER, says="A number has coarser steps."
)
STEP_CHANGED = Rule(
    name="step-changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A number has other steps.",
)


@family("schema", area="schema", reads=("lower", "upper", "steps"))
def ranges(pair: SchemaPair) -> Iterator[Shift]:
    """An end that comes nearer narrows, and so does one where there was none."""
    if not pair.measurable:
        return
    kinds = _common(pair)
    whole = pair.old_kinds == pair.new_kinds == frozenset({"integer"})
    for old, new, sign in (
        (pair.old.lower, pair.new.lower, 1),
        (pair.old.upper, pair.new.upper, -1),
    ):
        if old or new:
            for keyword in sorted(old.keys() | new.keys()):
                if kinds is not None and kinds.isdisjoint(OF[keyword]):
                    continue  # it says nothing about values of these types
                before, after = _read(old, keyword, whole), _read(new, keyword, whole)
                yield from _end(pair, keyword, before, after, sign)
    if pair.old.steps != pair.new.steps and (kinds is None or "integer" in kinds):
        yield _step(pair, pair.old.steps, pair.new.steps)


def _common(pair: SchemaPair) -> frozenset[str] | None:
    """The types that values of both can have; None for any."""
    if pair.old_kinds is None or pair.new_kinds is None:
        return pair.old_kinds or pair.new_kinds
    return pair.old_kinds & pair.new_kinds


def _read(ends: Mapping[str, Bound], keyword: str, whole: bool) -> Bound | None:
    """An end; of integers as the last number inside, so that both spellings are one."""
    end = ends.get(keyword)
    if end is None or not whole or not math.isfinite(end.value):
        return end
    if not end.exclusive:
        return Bound(math.ceil(end.value) if keyword == "minimum" else math.floor(end.value))
    inside = math.floor(end.value) + 1 if keyword == "minimum" else math.ceil(end.value) - 1
    return Bound(inside)


def _end(
    pair: SchemaPair, keyword: str, old: Bound | None, new: Bound | None, sign: int
) -> Iterator[Shift]:
    before, after = _height(old, sign), _height(new, sign)
    if before == after:
        return
    if old is None:
        rule = LIMITED
    elif new is None:
        rule = UNLIMITED
    else:
        rule = TIGHTENED if after > before else LOOSENED
    says = f"{pair.label.start}: the {NAMES[keyword]} was {_name(old)} and is now {_name(new)}."
    yield pair.shift(rule, says, words=f"{keyword} {_name(old)} -> {_name(new)}")


def _height(end: Bound | None, sign: int) -> tuple[float, bool]:
    """The higher, the stricter, for both ends."""
    return (-math.inf, False) if end is None else (sign * end.value, end.exclusive)


def _name(end: Bound | None) -> str:
    if end is None:
        return "not limited"
    return f"{end.value} (itself excluded)" if end.exclusive else str(end.value)


def _step(pair: SchemaPair, old: set[float], new: set[float]) -> Shift:
    narrower, wider = _covers(old, new), _covers(new, old)
    rule = STEP_NARROWED if narrower else STEP_WIDENED if wider else STEP_CHANGED
    says = f"{pair.label.start} had to be a multiple of {_all(old)} and now of {_all(new)}."
    return pair.shift(rule, says, words=f"{_all(old)} -> {_all(new)}")


def _covers(outer: set[float], inner: set[float]) -> bool:
    """Whether every multiple of all inner steps is one of each outer step."""
    return all(any(_multiple(i, o) for i in inner) for o in outer)


def _multiple(value: float, step: float) -> bool:
    quotient = value / step
    return math.isfinite(quotient) and math.isclose(quotient, round(quotient), rel_tol=1e-9)


def _all(steps: set[float]) -> str:
    return " and ".join(str(step) for step in sorted(steps)) or "nothing in particular"
