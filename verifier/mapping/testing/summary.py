"""From what was seen to a report: examples made small, masked, and put in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verifier.mapping.edges import RawJson
from verifier.mapping.masking import masked, masked_value
from verifier.mapping.nouns import parse_path
from verifier.mapping.testing.asking import How
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.examination import Examination, GivenUp, Seen
from verifier.mapping.testing.oracles import judges
from verifier.mapping.testing.report import EdgeState, Example, Found
from verifier.mapping.testing.shrinking import shrunk
from verifier.mapping.testing.violation import Violation

__all__ = ["edge_states", "found_of"]

SHRINKING = ("sweep", "pairwise", "random", "samples")
MOST_SHRUNK = 25
MOST_HUNG = 8
HEAVY = "TVXPDCLRBM"


def found_of(exam: Examination) -> tuple[Found, ...]:
    """Everything that was seen, the most telling first, with an example each."""
    ranked = sorted(exam.seen, key=_rank)
    # Who could be asked no more is not asked again for the sake of an example.
    shrink = exam.options.shrink and not exam.given_up
    return tuple(
        _found(exam, seen, shrink=shrink and number < MOST_SHRUNK)
        for number, seen in enumerate(ranked)
    )


def _rank(seen: Seen) -> tuple[int, int, str]:
    return min(HEAVY.index(letter) for letter in seen.oracles), -seen.count, seen.violation.field


def _found(exam: Examination, seen: Seen, *, shrink: bool) -> Found:
    case, violation, before = seen.cases[0]
    if shrink and case.phase in SHRINKING and case.old is None:
        case, violation = _small(exam, case, violation)
    return Found(
        field=violation.field,
        kind=violation.kind,
        says=violation.says,
        oracles={
            letter: tuple(sorted(seen.oracles[letter]))
            for letter in sorted(seen.oracles, key=HEAVY.index)
        },
        edges=tuple(number for number, _ in seen.edges.most_common()),
        relations=tuple(sorted(seen.relations)),
        count=seen.count,
        rule=_rule(exam, violation),
        example=Example(
            record=_shown(exam, case),
            says=case.says,
            expected=_value(exam, case, violation, violation.expected),
            actual=_value(exam, case, violation, violation.actual),
            before=before,
        ),
    )


def _rule(exam: Examination, violation: Violation) -> Any:
    match = exam.court.mapping.contract.match
    if violation.field == "match" and match is not None:
        return match.place
    return exam.court.place_of(violation.field)


def _shown(exam: Examination, case: Case) -> Any:
    if isinstance(case.record, RawJson):
        return case.record.text.decode("utf-8", "replace")
    return masked(exam.court.mapping.source, case.record) if case.real else case.record


def _value(exam: Examination, case: Case, violation: Violation, value: Any) -> Any:
    """A value of the target, masked where it comes from real data."""
    if not case.real:
        return value
    target = exam.court.mapping.target
    if isinstance(value, dict):
        return masked(target, value)
    path = parse_path(violation.field)
    return value if path is None else masked_value(target, path, value)


def _small(exam: Examination, case: Case, violation: Violation) -> tuple[Case, Violation]:
    """The smallest case that shows the same kind at the same field."""
    if isinstance(case.record, RawJson):
        return case, violation
    latest, hung = violation, 0
    outcome = exam.reference(case).outcome

    def fails(record: Any) -> bool:
        nonlocal latest, hung
        if hung == MOST_HUNG:
            return False
        try:
            answer = exam.map(record, "shrinking")
        except GivenUp:
            return False
        hung += answer.how is How.HUNG
        if answer.how is How.UNABLE:
            return False
        done = exam.court.executor.map(record)
        if done.outcome is not outcome:
            return False
        tried = Case(record=record, phase=case.phase, says=case.says)
        for judge in judges():
            for one in judge(tried, answer, done, exam.court):
                if (one.field, one.kind) == (violation.field, violation.kind):
                    latest = one
                    return True
        return False

    record = shrunk(case.record, exam.ground.base, fails)
    small = Case(record=record, phase=case.phase, says=case.says, edge=case.edge, real=case.real)
    return small, latest


def edge_states(exam: Examination, found: Iterable[Found]) -> tuple[EdgeState, ...]:
    """What was done about each of the edge cases."""
    showing = {number for one in found for number in one.edges}
    return tuple(_state(exam, applied, showing) for applied in exam.applied)


def _state(exam: Examination, applied: Any, showing: set[int]) -> EdgeState:
    edge = applied.edge
    asked = len(applied.shots) + len(applied.hands)
    state, because = "covered", ""
    if edge.number in showing:
        state = "found"
    elif not applied.applies:
        state, because = "not applicable", f"it needs {edge.needs}"
    elif not applied.shots and "match" in exam.unable:
        state, because = "not exercised", "the implementation does not offer 'match'"
    elif edge.number not in exam.reached:
        state = "not exercised"
        because = exam.given_up or "nothing that was asked for reaches it"
    return EdgeState(
        number=edge.number, title=edge.title, state=state, because=because, asked=asked
    )
