"""There and back: the records, and the changes on the far side, that laws are tried on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, zip_longest
from typing import Any

from msgspec import Struct

from verifier.mapping.absent import ABSENT
from verifier.mapping.edges import Ground, RawJson
from verifier.mapping.exact_json import dumps
from verifier.mapping.nouns import Law
from verifier.mapping.placing import placed, taken
from verifier.mapping.sameness import Difference, differences, same
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court

__all__ = ["Trip", "source_differences", "trips"]

MOST_SOURCES = 400
MOST_EDITED = 6
MOST_CHOICES = 12
MISSING = (1, 2)  # the edge cases of what is absent, and of what is null
FRESH = "verifier-new-status"
MOST_VALUES = 14

Record = Mapping[str, Any]


class Trip(Struct, frozen=True, kw_only=True):
    """
    A source, what the contract makes of it, and that with one field changed.

    Args:
        source: None for a record that only the target has.
        edited: The target as somebody changed it; the same as ``target`` where nobody did.
        edge: Number of the edge case that it comes from; 0 where it is none.
        says: What is special about it.
    """

    source: Record | None
    target: Record
    edited: Record
    edge: int
    says: str

    @property
    def changed(self) -> bool:
        """Whether the target was changed."""
        return self.edited is not self.target


def trips(ground: Ground, swept: Iterable[Case]) -> Iterator[Trip]:
    """Every record of the sweep there and back, unchanged; some of them with each field changed."""
    sources = _sources(ground, swept)
    for source, target, edge, says in sources:
        yield Trip(source=source, target=target, edited=target, edge=edge, says=says)
        yield Trip(source=None, target=target, edited=target, edge=edge, says=f"new: {says}")
    values = _values(ground, [target for _, target, _, _ in sources])
    for source, target, _, says in _varied(ground, sources):
        for name, choices in values.items():
            for value in choices:
                edited = placed(target, name, value)
                words = f"{says}; then {name} is {value!r} in the target"
                yield Trip(source=source, target=target, edited=edited, edge=0, says=words)


Sourced = tuple[Record, Record, int, str]


def _sources(ground: Ground, swept: Iterable[Case]) -> list[Sourced]:
    """Records that are mapped, each once; of every edge case some, where there are too many."""
    seen: set[bytes] = set()
    found: dict[int, list[Sourced]] = {}
    for case in swept:
        if isinstance(case.record, RawJson):
            continue
        done = ground.executor.map(case.record)
        text = dumps(case.record)
        if done.target is not None and text not in seen:
            seen.add(text)
            one = (case.record, done.target, case.edge, case.says)
            found.setdefault(case.edge, []).append(one)
    in_turns = chain.from_iterable(zip_longest(*found.values()))
    return list(islice((one for one in in_turns if one is not None), MOST_SOURCES))


def _varied(ground: Ground, sources: list[Sourced]) -> list[Sourced]:
    """The plain record, one for each value of a status or truth value, and each field missing."""
    chosen = {id(one): one for one in sources[:1]}
    for number in MISSING:
        found = [one for one in sources if one[2] == number]
        chosen |= {id(one): one for one in found[:MOST_EDITED]}
    for site in ground.sites:
        if site.truth or site.facts.enum is not None:
            by_value = {dumps(next(taken(s[0], site.path), None)): s for s in reversed(sources)}
            chosen |= {id(one): one for one in list(by_value.values())[-MOST_CHOICES:]}
    return list(chosen.values())


def _values(ground: Ground, targets: list[Record]) -> dict[Any, list[Any]]:
    """For each target field that a rule writes, values that the contract makes, and a new one."""
    found: dict[Any, list[Any]] = {}
    for rule, _ in ground.mapping.contract.rules():
        values: dict[bytes, Any] = {}
        for target in targets:
            for value in taken(target, rule.target):
                values.setdefault(dumps(value), value)
        chosen = list(values.values())[:MOST_VALUES]
        patched = ground.mapping.contract.write.mode == "patch"
        facts = ground.mapping.target.facts(rule.target)
        unheard = (FRESH,) if rule.table or facts.enum is not None else ()
        found[rule.target] = [*chosen, *unheard, *((ABSENT,) if patched else ())]
    return found


def source_differences(
    court: Court, expected: Any, actual: Any, *, null_is_absent: bool = False
) -> list[Difference]:
    """
    Where two sources differ more than the contract's laws allow.

    A field that promises its normal form may be spelt otherwise, as long as it becomes the same.

    Args:
        null_is_absent: Whether null is as good as nothing, as in a record that is new.
    """
    spelt = {
        str(path)
        for rule in court.rules.values()
        if rule.law is Law.NORMAL_FORM or rule.law is None
        for path in rule.sources
    }
    found = []
    for where in differences(expected, actual, null_is_absent=null_is_absent):
        if where.path in spelt and _becomes_the_same(court, where, expected, actual):
            continue
        found.append(where)
    return found


def _becomes_the_same(court: Court, where: Difference, expected: Any, actual: Any) -> bool:
    if where.kind != "changed" or where.expected is None or where.actual is None:
        return False
    ours, theirs = (court.executor.map(dict(record)).target for record in (expected, actual))
    if ours is None or theirs is None:
        return False
    for rule in court.rules.values():
        if where.path in map(str, rule.sources):
            pair = [next(taken(made, rule.target), None) for made in (ours, theirs)]
            if not same(*pair):
                return False
    return True
