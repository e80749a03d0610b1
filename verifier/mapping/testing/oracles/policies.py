"""P: what is missing, unknown, invalid or too long follows its policy."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.executing import Execution
from verifier.mapping.sameness import differences
from verifier.mapping.testing.asking import Answer
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.oracles.reference import ending
from verifier.mapping.testing.violation import Violation

__all__ = ["judge"]

APPLIED = frozenset({"omitted", "defaulted", "truncated", "placeholder", "passed through"})


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report a record withheld or not against a policy, and a field against its own."""
    if answer.how.fault:
        return
    if done.failures:
        found = ending(answer, done, court, "P")
        if found is not None:
            yield found
        return
    applied = {entry.path: entry for entry in done.ledger if entry.reason in APPLIED}
    if not applied or answer.value is None or done.target is None:
        return
    for where in differences(done.target, answer.value, null_is_absent=court.lenient):
        entry = applied.get(where.path)
        if entry is not None:
            yield Violation(
                oracle="P",
                path=where.path,
                kind=where.kind,
                says=f"it is to be {entry.reason}, and is {where.kind}",
                expected=where.expected,
                actual=where.actual,
            )
