"""V: what it makes is what the target's schema takes."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.executing import Execution
from verifier.mapping.testing.asking import Answer, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation
from verifier.model import unescape

__all__ = ["judge"]


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report each place that the target's schema does not take."""
    if answer.how is not How.MAPPED or court.validator.accepts(answer.value):
        return
    for wrong in court.validator.errors(answer.value, limit=5):
        yield Violation(
            oracle="V",
            path=_path(wrong.path),
            kind=f"invalid: {wrong.keyword}",
            says=f"the target does not take it: {wrong.says}",
            expected="what the target's schema takes",
            actual=wrong.says,
        )


def _path(pointer: str) -> str:
    found = ""
    for token in map(unescape, pointer.split("/")[1:]):
        found += f"[{token}]" if token.isdecimal() else f".{token}" if found else token
    return found
