"""From two contracts to changes: every rule asked once, every difference told once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from verifier.diffing import rules
from verifier.diffing.pairs import ContractPair, pair_up, shape_of_path
from verifier.diffing.sameness import Sameness
from verifier.diffing.schemas import SchemaWalk
from verifier.diffing.shifts import Descent, Shift, families
from verifier.model import Change, Contract, Impact, Pointer, Side

__all__ = ["diff"]

MOST_OPERATIONS = 50
ORDER = {Impact.BREAKING: 0, Impact.WARNING: 1, Impact.INFO: 2}


def diff(old: Contract, new: Contract) -> tuple[Change, ...]:
    """
    Everything that differs between two editions of a vendor's document, the worst first.

    Documents that mean the same give nothing, however they are spelled: order of keys, references
    or their content, allOf in any order, 3.0's or 3.1's null, names of path parameters.

    Args:
        old: What programs were built against.
        new: What the vendor says now.
    """
    pairs = pair_up(old, new)
    gathered = _Gathered(pairs)
    for family in families(rules, "contract"):
        for shift in family.find(pairs):
            if isinstance(shift, Shift):
                gathered.add(family.name, shift, 0)
    _compare_operations(pairs, gathered)
    return gathered.changes()


def _compare_operations(pairs: ContractPair, gathered: _Gathered) -> None:
    sameness = Sameness(pairs.old, pairs.new)
    walk = SchemaWalk(pairs.old.document, pairs.new.document, families(rules, "schema"), sameness)
    asked = families(rules, "operation")
    for index, pair in enumerate(pairs.kept):
        if sameness.operation(pair.old, pair.new):
            continue
        for family in asked:
            for result in family.find(pair):
                if isinstance(result, Descent):
                    walk.begin(result, index)
                else:
                    gathered.add(family.name, result, 1 << index)
    for name, shift, bits in walk.reached():
        gathered.add(name, shift, bits)
    if walk.cut:
        gathered.add("document", TOO_LARGE, 0)


TOO_LARGE = Shift(
    name="too-large",
    says="The documents are nested too deeply or too widely to be compared as a whole.",
    side=Side.NONE,
    impact=Impact.WARNING,
)


@dataclass(slots=True)
class _Gathered:
    """Differences with the operations that they reach, equal ones put together."""

    pairs: ContractPair
    kept: dict[tuple[object, ...], tuple[str, Shift]] = field(default_factory=dict)
    reach: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(self, family: str, shift: Shift, bits: int) -> None:
        rule = f"{family}.{shift.name}"
        key = (rule, shift.side, shift.old, shift.new, shift.words)
        self.kept.setdefault(key, (rule, shift))
        self.reach[key] = self.reach.get(key, 0) | bits

    def changes(self) -> tuple[Change, ...]:
        """The worst first, then in the order in which they were found."""
        found = [self._change(*self.kept[key], self.reach[key]) for key in self.kept]
        return tuple(sorted(found, key=lambda change: ORDER[change.severity]))

    def _change(self, rule: str, shift: Shift, bits: int) -> Change:
        keys = self._keys(shift, bits)
        return Change(
            rule=rule,
            severity=shift.impact,
            says=shift.says,
            direction=shift.side,
            operations=keys[:MOST_OPERATIONS],
            reach=len(keys),
            old=shift.old,
            new=shift.new,
            fingerprint=_fingerprint(rule, shift),
        )

    def _keys(self, shift: Shift, bits: int) -> tuple[str, ...]:
        """Keys in the later document; what is gone is known by its earlier one."""
        if shift.operations:
            return shift.operations
        return tuple(self.pairs.kept[index].new.key for index in _set_bits(bits))


def _set_bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _fingerprint(rule: str, shift: Shift) -> str:
    at = shift.old or shift.new or Pointer()
    seed = "\n".join((rule, shift.side.value, shape_of_path(str(at)), shift.words))
    return hashlib.sha256(seed.encode()).hexdigest()[:16]
