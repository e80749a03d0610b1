"""L: nothing is lost that the contract does not lose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.executing import Execution
from verifier.mapping.sameness import Difference, differences
from verifier.mapping.testing.asking import Answer
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation

__all__ = ["judge"]


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report what is missing or cut without an entry in the ledger."""
    if done.target is None or answer.value is None:
        return
    entered = {entry.path for entry in done.ledger if entry.reason != "time of day"}
    for where in differences(done.target, answer.value, null_is_absent=court.lenient):
        if where.path not in entered and _lost(where):
            yield Violation(
                oracle="L",
                path=where.path,
                kind="missing" if where.actual is None else "cut",
                says="it has lost something, and no line of the ledger says so",
                expected=where.expected,
                actual=where.actual,
            )


def _lost(where: Difference) -> bool:
    if where.kind == "missing" or where.actual is None:
        return where.kind != "added"
    return _shorter(where.expected, where.actual)


def _shorter(expected: Any, actual: Any) -> bool:
    """Whether a text, or a list, is part of what it should be."""
    if isinstance(expected, str) and isinstance(actual, str):
        return len(actual) < len(expected) and _within(actual, expected)
    return False


def _within(part: str, whole: str) -> bool:
    """Whether the letters of a text stand in another in the same order."""
    letters = iter(whole)
    return all(letter in letters for letter in part)
