"""The steps of a rule in order: read, combine, operate, translate, convert, write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from verifier.mapping.kinds import ValueKind, kinds
from verifier.mapping.kinds.kind import Peer, Way
from verifier.mapping.nouns import Meaning, Path, Rule, Step
from verifier.mapping.opening import OpenMapping, OpenSide
from verifier.mapping.operations import Combination, Nature, combinations, operations
from verifier.mapping.operations.cast import gives as cast_gives
from verifier.mapping.tables import Translation, translation
from verifier.mapping.trouble import Invalid
from verifier.mapping.zones import zone_of
from verifier.model import Place

__all__ = ["ANY", "Chain", "Stage", "Value", "chain_of", "fits", "value_at"]

ANY = "any"
KINSHIP = {"phone": "text", "share": "number"}
PYTHON: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "markup": (str,),
    "number": (int, Decimal),
    "boolean": (bool,),
    "date": (date,),
    "datetime": (datetime,),
    "list": (list,),
}


class Value(Struct, frozen=True, kw_only=True):
    """
    One field as a place that values are read from and written to.

    Args:
        typed: The type of value between reading and writing.
    """

    side: OpenSide
    path: Path
    meaning: Meaning | None
    kind: ValueKind
    typed: str

    def parse(self, peer: Peer) -> Way:
        """A function (value, run) that reads its JSON."""
        return self.kind.parse(self.meaning, self.side.facts(self.path), peer)  # type: ignore[arg-type]

    def write(self, peer: Peer) -> Way:
        """A function (value, run) that writes its JSON."""
        return self.kind.write(self.meaning, self.side.facts(self.path), peer)  # type: ignore[arg-type]


class Stage(Struct, frozen=True, kw_only=True):
    """
    One step of a chain.

    Args:
        name: What messages call it: ``trim``, ``table order_status``.
        takes: The types of value that it can be given; empty is anything.
        gives: The type that it makes; ``same`` as it was given.
        way: Value to value.
        undo: The way back, where there is one.
        lost: Whether a step from one value to another has lost something; None for never.
    """

    name: str
    nature: Nature
    takes: tuple[str, ...] = ()
    gives: str = "same"
    way: Callable[[Any], Any]
    undo: Callable[[Any], Any] | None = None
    lost: Callable[[Any, Any], bool] | None = None
    reason: str = ""
    place: Place


class Chain(Struct, frozen=True, kw_only=True):
    """
    Everything that happens to a value between source and target.

    Args:
        sources: Where it is read; several are alternatives, or are combined.
        combine: How several become one.
        stages: What is done in between, the table and the conversion of meanings included.
        table: The table among the stages.
    """

    rule: Rule
    sources: tuple[Value, ...]
    target: Value
    combine: Combination | None
    stages: tuple[Stage, ...]
    table: Translation | None


def value_at(side: OpenSide, path: Path) -> Value:
    """A field with its meaning and its kind."""
    meaning = side.meant(path)
    kind = kinds()[meaning.kind if meaning else "plain"]
    typed = kind.typed if meaning else _plain_type(side, path)
    return Value(side=side, path=path, meaning=meaning, kind=kind, typed=typed)


def _plain_type(side: OpenSide, path: Path) -> str:
    """What a value without declared meaning is, as far as its schema says."""
    types = side.facts(path).types
    words = {
        "string": "text",
        "integer": "number",
        "number": "number",
        "boolean": "boolean",
        "array": "list",
        "object": "object",
    }
    found = {words[kind] for kind in types}
    return found.pop() if len(found) == 1 else ANY


def chain_of(mapping: OpenMapping, rule: Rule) -> Chain:
    """The chain of a rule that names sources."""
    sources = tuple(value_at(mapping.source, path) for path in rule.sources)
    target = value_at(mapping.target, rule.target)
    combine = combinations()[rule.combine.name] if rule.combine else None
    table = _table(mapping, rule)
    stages = [_operation(step) for step in rule.via]
    if table is not None:
        stages.append(_translate(rule, table))
    typed = _typed(sources, combine, stages)
    stages.extend(_converted(typed, target, rule))
    stages = list(_guarded(rule, sources, combine, stages, target))
    return Chain(
        rule=rule,
        sources=sources,
        target=target,
        combine=combine,
        stages=tuple(stages),
        table=table,
    )


def _table(mapping: OpenMapping, rule: Rule) -> Translation | None:
    return translation(mapping.contract.tables[rule.table]) if rule.table else None


def _operation(step: Step) -> Stage:
    operation = operations()[step.name]
    lossy = operation.nature is Nature.LOSSY
    return Stage(
        name=step.name,
        nature=operation.nature,
        takes=operation.takes,
        gives=cast_gives(step.argument) if step.name == "cast" else operation.gives,
        way=operation.make(step.argument),
        undo=_undo(step),
        lost=operation.lost if lossy else None,
        reason=operation.reason,
        place=step.place,
    )


def _undo(step: Step) -> Callable[[Any], Any] | None:
    operation = operations()[step.name]
    if operation.nature is Nature.NORMALISING:
        # What comes back is brought into the same form.
        return operation.make(step.argument)
    return operation.undo(step.argument) if operation.undo else None


def _translate(rule: Rule, table: Translation) -> Stage:
    return Stage(
        name=f"table {rule.table}",
        nature=Nature.LOSSY if table.lossy else Nature.INVERTIBLE,
        gives=ANY,
        way=table.forward,
        undo=table.backward,
        lost=table.broadens if table.lossy else None,
        reason="broader",
        place=rule.at("table"),
    )


def _typed(sources: tuple[Value, ...], combine: Combination | None, stages: list[Stage]) -> str:
    typed = sources[0].typed if sources else ANY
    if combine is not None and combine.gives != "same":
        typed = combine.gives
    for stage in stages:
        typed = typed if stage.gives == "same" else stage.gives
    return typed


def fits(typed: str, taken: str) -> bool:
    """Whether a value of one type can be taken where another is."""
    return ANY in (typed, taken) or taken in (typed, KINSHIP.get(typed))


def _guarded(
    rule: Rule,
    sources: tuple[Value, ...],
    combine: Combination | None,
    stages: list[Stage],
    target: Value,
) -> Iterator[Stage]:
    """The same stages, those of them guarded that may be given what they cannot take."""
    typed = _typed(sources, combine, [])
    for stage in stages:
        sure = not stage.takes or any(typed != ANY and fits(typed, t) for t in stage.takes)
        yield stage if sure else replace(stage, way=_guard(stage.way, stage.takes))
        typed = typed if stage.gives == "same" else stage.gives
    if typed != target.typed and target.meaning is not None:
        taken = (KINSHIP.get(target.typed, target.typed),)
        if taken[0] in PYTHON:
            yield Stage(
                name="type",
                nature=Nature.INVERTIBLE,
                way=_guard(lambda value: value, taken),
                undo=lambda value: value,
                place=rule.at("from"),
            )


def _guard(way: Callable[[Any], Any], takes: tuple[str, ...]) -> Callable[[Any], Any]:
    kinds = tuple(kind for taken in takes for kind in PYTHON.get(taken, (object,)))
    truth = "boolean" in takes or object in kinds

    def guarded(value: Any) -> Any:
        if not isinstance(value, kinds) or (isinstance(value, bool) and not truth):
            raise Invalid(f"is no {' or '.join(takes)}")
        return way(value)

    return guarded


def _converted(typed: str, target: Value, rule: Rule) -> Iterator[Stage]:
    """What leads from one type of value to the other, where the meanings say it."""
    if target.meaning is None:
        return
    zone = target.meaning.given.get("zone")
    if typed == "datetime" and target.typed == "date" and zone:
        yield Stage(
            name=f"day in {zone}",
            nature=Nature.LOSSY,
            takes=("datetime",),
            gives="date",
            way=_day_in(zone),
            lost=lambda instant, day: True,
            reason="time of day",
            place=rule.place,
        )
    if typed == "date" and target.typed == "datetime" and zone:
        yield Stage(
            name=f"midnight in {zone}",
            nature=Nature.INVERTIBLE,
            takes=("date",),
            gives="datetime",
            way=_midnight_in(zone),
            undo=_day_in(zone),
            place=rule.place,
        )


def _day_in(name: str) -> Callable[[datetime], date]:
    zone = zone_of(name)

    def day(instant: datetime) -> date:
        try:
            return instant.astimezone(zone).date()
        except OverflowError:
            raise Invalid("lies outside of the years 1 to 9999 there") from None

    return day


def _midnight_in(name: str) -> Callable[[date], datetime]:
    zone = zone_of(name)
    return lambda day: datetime.combine(day, time(), zone)
