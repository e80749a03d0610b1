"""D: it makes what the contract makes, and withholds what the contract withholds."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.executing import Execution, Outcome
from verifier.mapping.sameness import differences
from verifier.mapping.testing.asking import Answer
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation

__all__ = ["ending", "judge"]


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report each field that differs, or an end that does."""
    if answer.how.fault:
        return
    found = ending(answer, done, court, "D")
    if found is not None:
        yield found
    elif done.target is not None and answer.value is not None:
        for where in differences(done.target, answer.value, null_is_absent=court.lenient):
            yield Violation(
                oracle="D",
                path=where.path,
                kind=where.kind,
                says=f"it is {where.kind}",
                expected=where.expected,
                actual=where.actual,
            )


def ending(answer: Answer, done: Execution, court: Court, oracle: str) -> Violation | None:
    """An end that is not what the contract says; None where it is."""
    ends = court.ends(answer)
    if court.agrees(ends, done.outcomes):
        return None
    failure = done.failures[0] if done.failures else None
    actual = " or ".join(sorted(end.value for end in ends)) or answer.how.value
    if done.outcome is Outcome.MAPPED:
        says, kind = f"it withheld a record that is to be mapped: {answer.says}", "withheld"
    elif Outcome.MAPPED in ends:
        says, kind = f"it mapped a record that is to be {done.outcome.value}", "mapped"
    else:
        says, kind = f"a record that is to be {done.outcome.value} is {actual}", "ended otherwise"
    return Violation(
        oracle=oracle,
        path=failure.path if failure is not None and kind != "withheld" else "",
        kind=kind,
        says=says,
        expected=f"{done.outcome.value}: {failure.says}" if failure else done.outcome.value,
        actual=answer.value if kind == "mapped" else f"{actual}: {answer.says}",
    )
