"""The third round, for what goes both ways: the laws of there and back."""

from __future__ import annotations

from typing import Any

from verifier.mapping.executing import Outcome
from verifier.mapping.testing.asking import Answer, Ask, How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.examination import Examination
from verifier.mapping.testing.laws import laws
from verifier.mapping.testing.oracles.reference import ending
from verifier.mapping.testing.trips import Trip, trips
from verifier.mapping.testing.violation import Violation

__all__ = ["ask_there_and_back"]


def ask_there_and_back(exam: Examination) -> None:
    """Ask about every trip; nothing for a contract that goes one way."""
    if not exam.court.mapping.contract.two_way:
        return
    for trip in trips(exam.ground, exam.swept):
        _ask(exam, trip)
        if "back" in exam.unable:
            exam.not_exercised.append("the way back: the implementation does not offer it")
            return


def _ask(exam: Examination, trip: Trip) -> None:
    def back(old: Any, target: Any) -> Answer:
        return exam.ask(Ask(op="back", record=dict(target), old=old), "laws")

    def outward(record: Any) -> Answer:
        return exam.map(record, "laws")

    case = Case(record=trip.source, phase="laws", says=trip.says, edge=trip.edge)
    answer = back(trip.source, trip.edited)
    wrong = _ended(exam, trip, answer)
    if wrong is not None:
        exam.note([wrong], case, before=trip.edited)
    elif answer.how is How.MAPPED:
        for law in laws().values():
            found = law.judge(trip, answer.value, outward, back, exam.court)
            exam.note(found, case, relation=law.formula, before=trip.edited)


def _ended(exam: Examination, trip: Trip, answer: Answer) -> Violation | None:
    if answer.how is How.UNABLE:
        return None
    if answer.how.fault or (answer.how is How.WITHHELD and not exam.court.ends(answer)):
        name = answer.names[0] if answer.names else answer.how.value
        return Violation(
            oracle="T",
            path="",
            kind=f"crashed on the way back: {name}",
            says=f"on the way back it crashed with {name}: {answer.says}",
            expected="the source",
            actual=answer.says,
        )
    source = dict(trip.source) if trip.source is not None else None
    done = exam.court.executor.back(source, trip.edited)
    if done.outcome is Outcome.MAPPED or answer.how is How.MAPPED:
        return ending(answer, done, exam.court, "P")
    return None
