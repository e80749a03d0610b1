"""From two contracts to changes: every rule asked once, every difference told once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.diffing import rules
from verifier.diffing.believing import doubts
from verifier.diffing.identities import fingerprint
from verifier.diffing.pairs import ContractPair, pair_up
from verifier.diffing.rule import Rule
from verifier.diffing.sameness import Sameness
from verifier.diffing.schemas import SchemaWalk
from verifier.diffing.shifts import Descent, Family, Shift, families
from verifier.diffing.touching import Touch
from verifier.diffing.verdicts import Judge, Verdict
from verifier.diffing.waiving import waived
from verifier.diffing.witnesses import Search, witnessed
from verifier.model import (
    Change,
    Comparison,
    Confidence,
    Contract,
    Doubt,
    Edit,
    Impact,
    Usage,
    Waiver,
)

__all__ = ["compare", "registry"]

MOST_OPERATIONS = 50
ELSEWHERE = "another alternative may allow it"


def compare(
    old: Contract,
    new: Contract,
    *,
    profile: str = "wire",
    policy: str = "",
    today: datetime.date | None = None,
    search: Search | None = None,
    usage: Usage | None = None,
    waivers: Sequence[Waiver] = (),
) -> Comparison:
    """
    Everything that differs between two editions of a vendor's document, the worst first.

    Documents that mean the same give nothing, however they are spelled: order of keys, references
    or their content, allOf in any order, 3.0's or 3.1's null, names of path parameters, a base
    path that moved from the address into the paths.

    Args:
        old: What programs were built against.
        new: What the vendor says now.
        profile: Who must survive: ``wire``, ``client`` (typed), ``sdk`` (its source), ``docs``.
        policy: Whose published word on compatibility is put beside the verdicts.
        today: The day against which announced dates are held; None is today (UTC).
        search: Where witnesses come from; with None none are looked for.
        usage: What is used of the API, to tell what touches it; with None that is not told.
        waivers: Changes that are accepted.

    Raises:
        UsageError: There is no profile or policy of that name.
    """
    judge = Judge(profile, policy)
    day = today or datetime.datetime.now(datetime.UTC).date()
    sameness = Sameness(old, new, prose=judge.tells("docs"))
    pairs = pair_up(old, new, day, sameness)
    gathered = _Gathered(pairs, judge, Touch(usage) if usage is not None else None)
    for family in _asked("contract", judge):
        for shift in family.find(pairs):
            if isinstance(shift, Shift):
                gathered.add(family, shift, 0)
    cut = _compare_operations(pairs, gathered, judge, sameness)
    for family in _asked("outcome", judge):
        for shift in family.find((pairs, gathered.breaks())):
            if isinstance(shift, Shift):
                gathered.add(family, shift, 0)
    found = Comparison(
        old=old,
        new=new,
        changes=gathered.changes(search),
        doubts=(*doubts(pairs), *((TOO_LARGE,) if cut else ())),
        profile=profile,
        policy=policy,
    )
    return waived(found, waivers, day) if waivers else found


@cache
def registry() -> dict[str, tuple[Family, Rule]]:
    """Full name to rule, for every rule that there is."""
    return {
        f"{family.name}.{rule.name}": (family, rule)
        for family, own in families(rules)
        for rule in own
    }


@cache
def _families() -> tuple[Family, ...]:
    return tuple(family for family, _ in families(rules))


def _asked(of: str, judge: Judge) -> tuple[Family, ...]:
    return tuple(f for f in _families() if f.of == of and judge.tells(f.audience))


def _compare_operations(
    pairs: ContractPair, gathered: _Gathered, judge: Judge, sameness: Sameness
) -> bool:
    """Whether the comparison had to be cut short."""
    documents = pairs.old.document, pairs.new.document
    walk = SchemaWalk(*documents, _asked("schema", judge), sameness, pairs.today)
    asked = _asked("operation", judge)
    for index, pair in enumerate(pairs.kept):
        differs = pair.differs
        for family in asked:
            if differs is not None and differs.isdisjoint(family.reads or differs):
                continue
            for result in family.find(pair):
                if isinstance(result, Descent):
                    walk.begin(result, index)
                else:
                    gathered.add(family, result, 1 << index)
    # How a value is written down matters less than what it is: one cause, told for JSON first.
    reached = list(walk.reached())
    plain = {(s.side, s.old, s.new) for _, s, _ in reached if s.carrier == "json"}
    for family, shift, bits in reached:
        if shift.carrier == "json" or (shift.side, shift.old, shift.new) not in plain:
            gathered.add(family, shift, bits)
    return walk.cut


TOO_LARGE = Doubt(
    says="The documents are nested too deeply or too widely to be compared as a whole.",
    mend="Compare them in parts, or look at what is nested.",
)


class _Gathered(Struct):
    """Differences with the operations that they reach, equal ones put together."""

    pairs: ContractPair
    judge: Judge
    touch: Touch | None = None
    kept: dict[tuple[object, ...], tuple[Family, Shift]] = field(default_factory=dict)
    reach: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(self, family: Family, shift: Shift, bits: int) -> None:
        if not self.judge.tells(shift.rule.audience):
            return
        # What is gone from one place is one cause, whatever stands where it was used.
        edit, old, new = shift.rule.edit, shift.old, shift.new
        if edit is Edit.REMOVED and old is not None:
            new = None
        elif edit is Edit.ADDED and new is not None:
            old = None  # and what has come to one place, whatever it is a part of
        key = (family.name, shift.rule.name, shift.side, old, new, shift.words)
        known = self.kept.get(key)
        if known is None or _weight(known[1]) < _weight(shift):
            self.kept[key] = (family, shift)
        self.reach[key] = self.reach.get(key, 0) | bits

    def breaks(self) -> bool:
        """Whether anything that was found so far breaks."""
        return any(
            self._verdict(family, shift).severity is Impact.BREAKING and not shift.tentative
            for family, shift in self.kept.values()
        )

    def _verdict(self, family: Family, shift: Shift) -> Verdict:
        rule = f"{family.name}.{shift.rule.name}"
        return self.judge.judge(rule, shift.rule, shift.side, negated=shift.negated)

    def changes(self, search: Search | None = None) -> tuple[Change, ...]:
        """The worst first, then in the order in which they were found."""
        found = self._told_apart()
        if search is not None:
            shifts = (shift for _, shift in self.kept.values())
            documents = (self.pairs.old.document, self.pairs.new.document)
            found = list(witnessed(zip(found, shifts, strict=True), search, documents))
        return tuple(sorted(found, key=lambda change: change.severity.rank))

    def _told_apart(self) -> list[Change]:
        """Every change with a fingerprint of its own."""
        found = [self._change(*self.kept[key], self.reach[key]) for key in self.kept]
        counts = Counter(change.fingerprint for change in found)
        for index, (change, (_, shift)) in enumerate(zip(found, self.kept.values(), strict=True)):
            if counts[change.fingerprint] > 1:
                exact = fingerprint(change.rule, shift, self.pairs, exact=True)
                found[index] = replace(change, fingerprint=exact)
        return found

    def _change(self, family: Family, shift: Shift, bits: int) -> Change:
        keys = self._keys(shift, bits)
        rule = f"{family.name}.{shift.rule.name}"
        verdict = self._verdict(family, shift)
        if shift.tentative and verdict.severity is Impact.BREAKING:
            verdict = replace(verdict, severity=Impact.WARNING, reason=ELSEWHERE)
        sure = not (shift.rule.undecided or shift.tentative)
        return Change(
            rule=rule,
            says=shift.says,
            severity=verdict.severity,
            reason=verdict.reason,
            direction=shift.side,
            edit=shift.rule.edit,
            area=family.area,
            movement=shift.rule.moves.inverse if shift.negated else shift.rule.moves,
            operations=keys[:MOST_OPERATIONS],
            reach=len(keys),
            member=shift.member,
            gist=shift.words,
            old=shift.old or shift.seen[0],
            new=shift.new or shift.seen[1],
            verdicts=verdict.profiles,
            by_vendor=verdict.by_vendor,
            touches=self._touches(rule, shift, keys),
            confidence=Confidence.HIGH if sure else Confidence.LOW,
            fingerprint=fingerprint(rule, shift, self.pairs),
        )

    def _touches(self, rule: str, shift: Shift, keys: tuple[str, ...]) -> bool | None:
        if self.touch is None:
            return None
        # Traffic is known by the keys of the document that it was recorded with.
        earlier = (self.pairs.earlier_key(key) for key in keys)
        both = dict.fromkeys((*keys, *earlier))
        return self.touch(rule, shift.side, shift.member, shift.words, both)

    def _keys(self, shift: Shift, bits: int) -> tuple[str, ...]:
        """Keys in the later document; what is gone is known by its earlier one."""
        if shift.operations:
            return shift.operations
        return tuple(self.pairs.kept[index].new.key for index in _set_bits(bits))


def _weight(shift: Shift) -> tuple[bool, bool]:
    """Of equal differences the one that is certain is told, then the one of a named schema."""
    return not shift.tentative, shift.rooted


def _set_bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
