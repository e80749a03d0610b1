"""The last round: the same records in another order, another time zone, another language."""

from __future__ import annotations

import random

from verifier.mapping.sameness import differences
from verifier.mapping.testing.asking import Answer, Ask, Door
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.examination import Examination
from verifier.mapping.testing.violation import Violation

__all__ = ["ask_elsewhere"]

MOST_ASKED = 400
PLACES = {
    "in the time zone Pacific/Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "in the time zone America/Los_Angeles": {"TZ": "America/Los_Angeles"},
    "in Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
}


def ask_elsewhere(exam: Examination) -> None:
    """Ask some of the sweep again: shuffled, and wherever the implementation can be moved to."""
    rng = random.Random(exam.options.seed)  # noqa: S311  (made-up records, no secret)
    numbers = sorted(exam.first)
    chosen = rng.sample(numbers, min(MOST_ASKED, len(numbers)))
    _again(exam, exam.door, chosen, "after other records")
    for words, environment in PLACES.items():
        door = exam.door.elsewhere(environment)
        if door is None:
            exam.not_exercised.append(f"how it works {words}: a server cannot be moved")
            continue
        try:
            _again(exam, door, sorted(chosen), words)
        finally:
            if door is not exam.door:
                door.close()


def _again(exam: Examination, door: Door, numbers: list[int], words: str) -> None:
    for number in numbers:
        case = exam.swept[number]
        ask = Ask(op="map", record=case.record, old=case.old)
        answer = exam.ask(ask, "elsewhere", door=door)
        wrong = _differs(exam.first[number], answer, words)
        if wrong is not None:
            again = Case(
                record=case.record, phase="elsewhere", says=f"{case.says}, {words}", edge=case.edge
            )
            exam.note([wrong], again, relation=f"the same {words}")


def _differs(first: Answer, again: Answer, words: str) -> Violation | None:
    if first.how is not again.how or first.names != again.names:
        expected, actual = (
            f"{a.how.value} {' '.join(a.names[:1])}".strip() for a in (first, again)
        )
        path = ""
    else:
        found = differences(first.value, again.value)
        if not found:
            return None
        expected, actual, path = found[0].expected, found[0].actual, found[0].path
    return Violation(
        oracle="M",
        path=path,
        kind=f"not the same {words}",
        says=f"{'it' if path else 'its outcome'} is not the same {words}",
        expected=expected,
        actual=actual,
    )


def _ended(answer: Answer) -> str:
    return " ".join((answer.how.value, *answer.names[:1]))
