"""X: each value of a table becomes what its row says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.executing import Execution
from verifier.mapping.nouns import Rule
from verifier.mapping.placing import taken
from verifier.mapping.sameness import same
from verifier.mapping.tables import key_of
from verifier.mapping.testing.asking import Answer, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation

__all__ = ["judge"]


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report a translated field that is not what its row says."""
    if answer.how is not How.MAPPED:
        return
    for rule in court.rules.values():
        if rule.table and not rule.via and not rule.target.many:
            yield from _row(case, answer, rule, court)


def _row(case: Case, answer: Answer, rule: Rule, court: Court) -> Iterator[Violation]:
    values = [next(taken(case.record, path), ABSENT) for path in rule.sources]
    given = tuple(values) if len(values) > 1 else values[0]
    rows = court.mapping.contract.tables[rule.table].rows
    row = next((row for row in rows if _equal(row.given, given)), None)
    actual = next(taken(answer.value, rule.target), None)
    if row is None or row.made is None or same(row.made, actual):
        return
    yield Violation(
        oracle="X",
        path=str(rule.target),
        kind="changed" if actual is not None else "missing",
        says=f"the row for {given!r} leads to {row.made!r}",
        expected=row.made,
        actual=actual,
    )


def _equal(one: Any, other: Any) -> bool:
    try:
        return bool(key_of(one) == key_of(other))
    except TypeError:
        return False
