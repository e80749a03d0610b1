"""C: counts and sums are kept: as many items as there were, and every invariant holds."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.cel import CelFault, program
from verifier.mapping.executing import Execution
from verifier.mapping.nouns import Path
from verifier.mapping.placing import taken
from verifier.mapping.testing.asking import Answer, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation

__all__ = ["judge"]


def judge(case: Case, answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    """Report items that have gone or come, and invariants that do not hold."""
    if answer.how is not How.MAPPED or done.target is None:
        return
    yield from _counts(answer, done, court)
    for invariant in court.mapping.contract.invariants:
        try:
            held = program(invariant.cel, ("source", "target")).value(
                source=case.record, target=answer.value
            )
        except CelFault as fault:
            held = str(fault)
        if held is not True:
            yield Violation(
                oracle="C",
                path="",
                kind=f"invariant {invariant.id}",
                says=f"it does not hold: {invariant.says or invariant.cel}",
                expected=invariant.cel,
                actual=held,
            )


def _counts(answer: Answer, done: Execution, court: Court) -> Iterator[Violation]:
    for entry in court.mapping.contract.fields:
        if not entry.target.parts[-1].many:
            continue
        whole = Path((*entry.target.parts[:-1], entry.target.parts[-1]._replace(many=False)))
        expected, actual = (
            next(taken(record, whole), None) for record in (done.target, answer.value)
        )
        counts = [len(items) if isinstance(items, list) else 0 for items in (expected, actual)]
        if counts[0] != counts[1]:
            yield Violation(
                oracle="C",
                path=str(whole),
                kind="another count",
                says=f"it has {counts[1]} items instead of {counts[0]}",
                expected=counts[0],
                actual=counts[1],
            )
