"""What follows from outcomes: the ruling, the grade and its caps, and the answers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.sample_run import QUESTIONS, finding, outcome, passing, run
from verifier.judging import judge
from verifier.model import Level, Question, Ruling, Severity, Status

LETTERS = ["A+", "A", "B", "C", "D", "E", "F"]


def answer(verdict, question):
    return next(a for a in verdict.answers if a.question is question)


def with_outcome(check, status, **more):
    findings = [finding(**more)] if status in (Status.FAIL, Status.WARNING) else []
    return [o for o in passing() if o.check != check] + [outcome(check, status, findings)]


def test_nothing_wrong_is_ready_without_conditions():
    verdict = judge(run(passing()))
    assert verdict.ruling is Ruling.READY
    assert verdict.conditions == ()
    assert verdict.grade.letter == "A+"
    assert verdict.grade.caps == ()


def test_every_question_has_an_answer_and_the_untested_ones_are_unproven():
    verdict = judge(run(passing()))
    assert [a.question for a in verdict.answers] == list(Question)
    assert answer(verdict, Question.MEANING).standing == "unproven"
    assert answer(verdict, Question.CONTRACT).answer == "yes"


def test_a_blocker_is_not_ready_and_holds_the_grade_with_its_reason():
    verdict = judge(run(with_outcome("credentials.missing-refused", Status.FAIL)))
    assert verdict.ruling is Ruling.NOT_READY
    assert verdict.grade.letter == "F"
    assert "strangers are let in" in verdict.grade.caps[0].because
    assert answer(verdict, Question.CREDENTIALS).answer == "no"


@pytest.mark.parametrize(
    ("check", "letter"),
    [
        ("credentials.missing-refused", "F"),
        ("failure.nothing-leaks", "D"),
        ("operations.request-id-everywhere", "B"),
    ],
)
def test_each_cap_holds_the_grade_at_its_letter_or_below(check, letter):
    verdict = judge(run(with_outcome(check, Status.FAIL)))
    assert LETTERS.index(verdict.grade.letter) >= LETTERS.index(letter)
    assert letter in {cap.letter for cap in verdict.grade.caps}


def test_a_finding_less_severe_than_its_check_does_not_stop_the_purchase():
    outcomes = with_outcome(
        "credentials.missing-refused", Status.WARNING, level=Level.WARNING, severity=Severity.MINOR
    )
    verdict = judge(run(outcomes))
    assert verdict.ruling is Ruling.CONDITIONS
    assert verdict.grade.caps == ()


def test_too_little_evidence_withholds_the_grade():
    outcomes = [outcome(check, Status.NOT_TESTED, reason="r", supply="s") for check in QUESTIONS]
    verdict = judge(run(outcomes))
    assert verdict.ruling is Ruling.UNKNOWN
    assert verdict.grade.letter == "NR"
    assert all(a.standing == "unproven" for a in verdict.answers)


def test_what_only_the_document_says_is_declared_not_proven():
    outcomes = [outcome(check, samples=0) for check in QUESTIONS]
    assert answer(judge(run(outcomes)), Question.FAILURE).standing == "declared"


def test_the_document_alone_stops_no_purchase():
    outcomes = [outcome(c, Status.NOT_TESTED) for c in QUESTIONS if "missing" not in c]
    outcomes.append(outcome("credentials.missing-refused", Status.FAIL, [finding()], samples=0))
    assert judge(run(outcomes)).ruling is not Ruling.READY


def test_untested_is_never_a_pass():
    outcomes = with_outcome("credentials.missing-refused", Status.NOT_TESTED)
    assert answer(judge(run(outcomes)), Question.CREDENTIALS).answer == "unknown"


def test_there_are_at_most_five_conditions_and_the_worst_comes_first():
    outcomes = [outcome(check, Status.FAIL, [finding(says=check)]) for check in QUESTIONS]
    verdict = judge(run(outcomes))
    assert len(verdict.conditions) <= 5
    assert verdict.conditions[0].says.startswith("credentials.missing-refused")


STATUSES = st.sampled_from([Status.PASS, Status.FAIL, Status.WARNING, Status.NOT_TESTED])


@settings(max_examples=80, deadline=None, database=None)
@given(st.lists(STATUSES, min_size=4, max_size=4), st.integers(0, 3))
def test_a_failure_more_never_makes_it_better(statuses, index):
    def graded(words):
        outcomes = [
            outcome(check, status, [finding()] if status is Status.FAIL else [])
            for check, status in zip(QUESTIONS, words, strict=True)
        ]
        return judge(run(outcomes)).grade

    worse = [*statuses[:index], Status.FAIL, *statuses[index + 1 :]]
    if statuses[index] is Status.NOT_TESTED:
        return
    assert graded(worse).score <= graded(statuses).score
