"""T: it answers: no crash, no hang, no death, no garbage; and no error that nobody has named."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.executing import Execution
from verifier.mapping.testing.asking import Answer, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation

__all__ = ["judge"]

SAID = {How.GARBAGE: "answered garbage"}


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report an answer that is none."""
    if answer.how.fault:
        yield Violation(
            oracle="T",
            path="",
            kind=answer.how.value,
            says=f"it {SAID.get(answer.how, answer.how.value)}: {answer.says}",
            expected=done.outcome.value,
            actual=answer.says,
        )
    elif answer.how is How.WITHHELD and not court.ends(answer):
        name = answer.names[0] if answer.names else "an error"
        yield Violation(
            oracle="T",
            path="",
            kind=f"crashed: {name}",
            says=f"it crashed with {name}: {answer.says}",
            expected=done.outcome.value,
            actual=f"{name}: {answer.says}",
        )
