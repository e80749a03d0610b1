"""The fourth round, for what goes both ways: many cycles of changes on both sides."""

from __future__ import annotations

import random
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.executing.syncing import Pairing, Synced, sync
from verifier.mapping.placing import placed, taken
from verifier.mapping.sameness import differences
from verifier.mapping.testing.asking import Ask, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.examination import Examination
from verifier.mapping.testing.trips import source_differences
from verifier.mapping.testing.violation import Violation

__all__ = ["ask_in_cycles"]

CYCLES = 200


def ask_in_cycles(exam: Examination) -> None:
    """
    Change either side at random, bring them together, and do it again with no change.

    The reference does the same; where the two come apart, or do not settle, it is reported.
    """
    contract = exam.court.mapping.contract
    if not contract.two_way or exam.unable:
        return
    rng = random.Random(exam.options.seed)  # noqa: S311  (made-up changes, no secret)
    pools = _Pools(exam)
    ours = theirs = pools.start()
    for number in range(CYCLES):
        source, target = pools.changed(ours, rng)
        newer = rng.choice(("source", "target"))
        mine = _reference(exam, ours, source, target, newer)
        done = _theirs(exam, theirs, _moved(theirs, ours, source, "source"), target, newer)
        if mine.withheld or done.withheld:
            # What is kept aside waits for a person; here both sides go back to where they were.
            continue
        again = _theirs(exam, done.pairing, done.pairing.source, done.pairing.target, newer)
        case = Case(record=source, phase="cycles", says=f"cycle {number + 1}")
        wrong = [*_unsettled(exam, done, again), *_apart(exam, mine, done)]
        if wrong:
            exam.note(wrong, case, relation="cycles settle", before=target)
            return
        ours, theirs = mine.pairing, done.pairing


def _moved(theirs: Pairing, ours: Pairing, source: Any, side: str) -> Any:
    """The same change, on the implementation's own record, whose spelling may differ."""
    moved = dict(theirs.source)
    for name in {*source, *ours.source}:
        new, old = source.get(name, ABSENT), ours.source.get(name, ABSENT)
        if new is ABSENT and old is not ABSENT:
            moved.pop(name, None)
        elif new is not ABSENT and (old is ABSENT or new != old):
            moved[name] = new
    return moved


def _reference(exam: Examination, before: Pairing, source: Any, target: Any, newer: str) -> Synced:
    executor = exam.court.executor
    return sync(
        exam.court.mapping.contract,
        before,
        source,
        target,
        forward=lambda record: executor.map(dict(record)).target,
        back=lambda old, patch: executor.back(dict(old) if old else None, dict(patch)).target,
        newer=newer,
    )


def _theirs(exam: Examination, before: Pairing, source: Any, target: Any, newer: str) -> Synced:
    def forward(record: Any) -> Any:
        answer = exam.map(dict(record), "cycles")
        return answer.value if answer.how is How.MAPPED else None

    def back(old: Any, patch: Any) -> Any:
        answer = exam.ask(Ask(op="back", record=dict(patch), old=old), "cycles")
        return answer.value if answer.how is How.MAPPED else None

    contract = exam.court.mapping.contract
    return sync(contract, before, source, target, forward=forward, back=back, newer=newer)


def _unsettled(exam: Examination, done: Synced, again: Synced) -> list[Violation]:
    found = source_differences(exam.court, done.pairing.source, again.pairing.source)
    found += differences(done.pairing.target, again.pairing.target)
    return [
        Violation(
            oracle="R",
            path=where.path,
            kind="does not settle",
            says="a second cycle without any change changes it",
            expected=where.expected,
            actual=where.actual,
        )
        for where in found
    ]


def _apart(exam: Examination, mine: Synced, done: Synced) -> list[Violation]:
    found = source_differences(exam.court, mine.pairing.source, done.pairing.source)
    found += differences(mine.pairing.target, done.pairing.target)
    return [
        Violation(
            oracle="R",
            path=where.path,
            kind="comes apart",
            says="after changes on both sides it is not what the contract keeps",
            expected=where.expected,
            actual=where.actual,
        )
        for where in found
    ]


class _Pools:
    """Values to change fields to, taken from the sweep."""

    def __init__(self, exam: Examination) -> None:
        executor = exam.court.executor
        self._base = exam.ground.base
        self._target = executor.map(self._base).target or {}
        mapped = [(c.record, executor.map(c.record).target) for c in exam.swept if not c.old]
        good = [(record, made) for record, made in mapped if made is not None]
        paths = [site.path for site in exam.ground.sites]
        targets = [rule.target for rule in exam.court.rules.values()]
        self._mine = {p: [next(taken(r, p), ABSENT) for r, _ in good] for p in paths}
        self._theirs = {p: [v for _, t in good for v in taken(t, p)] for p in targets}

    def start(self) -> Pairing:
        """Two records that agree."""
        return Pairing(source=self._base, target=self._target)

    def changed(self, pairing: Pairing, rng: random.Random) -> tuple[Any, Any]:
        """Both records, none, one or several fields of either changed."""
        source: Any = dict(pairing.source)
        target: Any = dict(pairing.target)
        for path, values in self._mine.items():
            if values and rng.random() < 0.2:
                source = placed(source, path, rng.choice(values))
        for path, values in self._theirs.items():
            if values and rng.random() < 0.2:
                target = placed(target, path, rng.choice(values))
        return source, target
