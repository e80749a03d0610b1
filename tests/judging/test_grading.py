"""The grade: what holds it, what withholds it, and that nothing bad ever raises it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.reporting.sample_run import failing, outcome, run
from verifier import discovery
from verifier.judging import judge, method, methodology
from verifier.model import Finding, Level, Status

LETTERS = ("A+", "A", "B", "C", "D", "E", "F")
GOOD = [outcome(f"contract.rule-{number}") for number in range(12)]
CAPS = [
    ("credentials.missing-refused", "anonymous:let-in", "F", "strangers are let in"),
    ("credentials.garbage-refused", "garbage:empty:let-in", "F", "never issued are let in"),
    ("failure.nothing-leaks", "leak:a stack trace", "D", "inside of its systems"),
    ("contract.created-is-readable", "created-not-readable", "C", "data is lost"),
    ("contract.writes-are-faithful", "unfaithful:/a:rounded", "C", "data is lost"),
    ("contract.update-is-visible", "update-lost:name", "C", "data is lost"),
    ("contract.deleted-is-gone", "deleted-still-served", "C", "data is lost"),
    ("contract.filters-filter", "filter-ignored:status", "C", "does not filter"),
    ("contract.no-server-error", "server-error:503:valid", "C", "a part of it was down"),
    ("change.deprecated-has-a-date", "no-date", "B", "things end without a date"),
    ("operations.request-id-everywhere", "no-request-id", "B", "cannot be named"),
]


def letter(*outcomes):
    return judge(run(outcomes)).grade.letter


def test_nothing_holds_the_grade_where_nothing_failed():
    grade = judge(run(GOOD)).grade
    assert (grade.caps, grade.letter, grade.score) == ((), "A+", 100.0)


@pytest.mark.parametrize("kind", ["500:valid", "503:broken", "501:valid"])
def test_what_fails_over_an_input_is_not_down(kind):
    broken = failing("contract.no-server-error", f"server-error:{kind}")
    assert judge(run([*GOOD, broken])).grade.caps == ()


@pytest.mark.parametrize(("check", "signature"), [(c, s) for c, s, _, _ in CAPS])
@pytest.mark.parametrize("status", [Status.WARNING, Status.INCONCLUSIVE, Status.NOT_TESTED])
def test_only_a_failure_holds_the_grade(check, signature, status):
    finding = Finding(says="Odd.", signature=signature, level=Level.WARNING)
    assert judge(run([*GOOD, outcome(check, status, finding)])).grade.caps == ()


def test_a_credential_that_crashes_the_vendor_is_not_taken_for_one_that_was_let_in():
    grade = judge(run([*GOOD, failing("credentials.garbage-refused", "garbage:empty:5xx")])).grade
    assert grade.caps == ()


def test_a_warning_beside_a_failure_does_not_hold_the_grade():
    let_in = Finding(says="Odd.", signature="anonymous:let-in", level=Level.WARNING)
    other = Finding(says="Wrong.", signature="other")
    mixed = outcome("credentials.missing-refused", Status.FAIL, let_in, other)
    assert judge(run([*GOOD, mixed])).grade.caps == ()


@pytest.mark.parametrize(("check", "signature", "held", "because"), CAPS)
def test_each_cap_holds_at_its_letter_and_says_why(check, signature, held, because):
    grade = judge(run([*GOOD, failing(check, signature)])).grade
    assert [held] == [cap.letter for cap in grade.caps]
    assert because in grade.caps[0].because
    assert "GET /orders" in grade.caps[0].because
    assert grade.caps[0].fingerprint
    assert LETTERS.index(grade.letter) >= LETTERS.index(held)


def test_the_cap_that_binds_comes_first_and_the_grade_tells_what_it_would_be():
    outcomes = [*GOOD * 3, failing("failure.nothing-leaks"), failing(CAPS[-1][0])]
    grade = judge(run([*outcomes, failing(CAPS[0][0], CAPS[0][1])])).grade
    assert [cap.letter for cap in grade.caps] == ["F", "D", "B"]
    assert grade.letter == "F"
    assert grade.uncapped == method().letter(grade.score) != "F"


def test_answers_against_the_document_hold_the_grade_only_beyond_their_share():
    def against(seen, samples):
        finding = Finding(says="No.", signature="schema:200", detail={"seen": seen})
        check = "contract.response-matches-schema"
        return judge(run([*GOOD, outcome(check, Status.FAIL, finding, samples=samples)])).grade.caps

    assert against(5, 100) == ()
    assert against(6, 100)[0].because.startswith("at least 6% of its answers contradict")
    assert against(6, 100)[0].letter == "C"


def test_an_answer_that_three_checks_look_at_counts_once():
    finding = Finding(says="No.", signature="a", detail={"seen": 4})
    checks = ("response-matches-schema", "status-documented", "media-type-documented")
    outcomes = [outcome(f"contract.{check}", Status.FAIL, finding, samples=100) for check in checks]
    assert judge(run([*GOOD, *outcomes])).grade.caps == ()


def test_the_method_says_which_of_its_checks_are_not_tested_yet():
    known = set(discovery.checks())
    named = {id for cap in method().ceilings for id in cap.checks}
    assert named & known
    text = methodology(known)
    assert {id for id in named if f"{id} (not tested yet)" in text} == named - known


def test_the_grade_is_withheld_below_sixty_percent_of_the_critical_checks():
    outcomes = [*GOOD[:6], *(replace(o, status=Status.NOT_TESTED) for o in GOOD[6:10])]
    assert judge(run(outcomes)).grade.coverage == 0.6
    assert letter(*outcomes) == "A"
    more = outcome("contract.rule-99", Status.NOT_TESTED)
    assert letter(*outcomes, more) == "NR"


def test_what_does_not_apply_is_not_held_against_the_coverage():
    spared = [replace(o, status=Status.NOT_APPLICABLE) for o in GOOD[2:]]
    assert judge(run([*GOOD[:2], *spared])).grade.coverage == 1.0


def test_what_the_document_shows_has_a_figure_of_its_own_and_no_part_in_the_letter():
    seen = failing("contract.rule-a")
    read = outcome("contract.rule-b", subject="", requests=0)
    grade = judge(run([seen, read])).grade
    assert (grade.score, grade.document, grade.letter) == (0.0, 100.0, "F")
    lone = judge(run([seen])).grade
    assert (lone.score, lone.document) == (0.0, None)


def test_a_check_weighs_by_its_severity_and_once_however_many_operations_it_has():
    many = [outcome("operations.request-id-everywhere", subject=f"GET /{n}") for n in range(50)]
    grade = judge(run([*many, failing("contract.rule-a")])).grade
    assert grade.score == round(100 * 2 / 6, 1)


def test_the_document_alone_gets_no_letter():
    assert letter(outcome("contract.rule-a", subject="", requests=0)) == "NR"


def test_what_is_waived_counts_nowhere_and_the_letter_without_waivers_is_named():
    waived = replace(failing(CAPS[0][0], CAPS[0][1]), status=Status.WAIVED)
    grade = judge(run([*GOOD, waived])).grade
    assert (grade.caps, grade.unwaived) == ((), "F")
    assert judge(run(GOOD)).grade.unwaived == ""


def test_a_plus_takes_every_critical_check():
    assert letter(*GOOD, outcome("contract.rule-99", Status.NOT_TESTED)) == "A"


STATUSES = (*Status,)
CHECKS = (*(check for check, *_ in CAPS), "contract.rule-a", "limits.rule-b")
outcomes = st.builds(
    lambda check, status, subject, requests, samples: replace(
        failing(check, subject=subject), status=status, requests=requests, samples=samples
    ),
    st.sampled_from(CHECKS),
    st.sampled_from(STATUSES),
    st.sampled_from(("GET /orders", "POST /orders", "")),
    st.integers(0, 3),
    st.integers(0, 40),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(outcomes, min_size=1, max_size=12), outcomes)
def test_one_more_failure_never_raises_the_score_or_the_grade(found, more):
    before = judge(run(found)).grade
    after = judge(run([*found, replace(more, status=Status.FAIL)])).grade
    assert before.score is None or after.score is None or after.score <= before.score
    if "NR" not in (before.letter, after.letter):
        assert LETTERS.index(after.letter) >= LETTERS.index(before.letter)


TESTED = (Status.PASS, Status.FAIL, Status.WARNING, Status.REVIEW)


@settings(max_examples=150, deadline=None)
@given(st.lists(outcomes, min_size=1, max_size=12), outcomes, st.sampled_from(STATUSES))
def test_what_was_not_tested_never_counts_as_a_pass(found, more, status):
    if status in TESTED or status is Status.NOT_APPLICABLE:
        return
    before = judge(run(found)).grade
    after = judge(run([*found, replace(more, status=status)])).grade
    assert after.score == before.score
    if status is not Status.WAIVED:  # which was seen, whatever is made of it
        assert after.coverage <= before.coverage
