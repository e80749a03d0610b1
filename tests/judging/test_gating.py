"""The gate: silence first, since a build that stops for nothing is soon ignored."""

import datetime

import pytest

from tests.reporting.sample_run import failing, outcome, run
from verifier import judging
from verifier.model import Acceptance, Finding, Level, Planned, Severity, Status, fingerprint

TODAY = datetime.date(2026, 11, 27)
YESTERDAY, TOMORROW = TODAY - datetime.timedelta(1), TODAY + datetime.timedelta(1)
LEAK = failing("failure.nothing-leaks")
PRINT = fingerprint(LEAK.check, LEAK.findings[0])


def accepting(**more):
    given = {"reason": "accepted-risk", "owner": "ada", "until": TOMORROW, "fingerprint": PRINT}
    return Acceptance(**{**given, **more})


def gated(outcomes, *, before=None, accepted=(), enough=True, **more):
    seen = judging.waive(run(outcomes), accepted, TODAY)
    baseline = judging.baseline_of(run(before), None, YESTERDAY) if before else None
    return judging.gate(seen, baseline, accepted, enough=enough, today=TODAY, **more)


def test_what_holds_passes():
    found = gated([outcome("failure.nothing-leaks")])
    assert (found.exit_code, found.new, found.notes) == (0, (), ())


def test_a_known_failure_stops_nothing_and_keeps_its_day():
    found = gated([LEAK], before=[LEAK])
    assert (found.exit_code, found.new) == (0, ())
    assert [one.since for one in found.known] == [str(YESTERDAY)]


def test_other_words_for_a_known_failure_are_no_new_failure():
    said = Finding(says="Now in other words.", signature="wrong", operation="GET /orders")
    assert gated([outcome(LEAK.check, Status.FAIL, said)], before=[LEAK]).new == ()


@pytest.mark.parametrize("status", [Status.WARNING, Status.INCONCLUSIVE, Status.REVIEW])
def test_what_is_doubted_or_only_warned_of_stops_nothing(status):
    odd = Finding(says="Odd.", signature="odd", level=Level.WARNING)
    assert gated([outcome("failure.nothing-leaks", status, odd)]).exit_code == 0


def test_a_new_failure_stops_the_build_even_beside_known_ones():
    found = gated([LEAK, failing("failure.nothing-leaks", "other")], before=[LEAK])
    assert [one.signature for one in found.new] == ["other"]
    assert found.exit_code == 1


def test_the_same_failure_at_another_operation_is_new():
    found = gated([LEAK, failing("failure.nothing-leaks", subject="POST /orders")], before=[LEAK])
    assert [one.operation for one in found.new] == ["POST /orders"]


def test_what_became_worse_than_it_was_known_to_be_is_new():
    worse = failing("failure.nothing-leaks", severity=Severity.BLOCKER)
    assert gated([worse], before=[LEAK]).exit_code == 1


def test_a_failure_below_the_gate_is_told_and_stops_nothing():
    found = gated([LEAK], least=Severity.BLOCKER)
    assert (found.exit_code, len(found.light)) == (0, 1)


def test_what_is_no_more_is_fixed_but_what_was_not_tested_is_not():
    assert len(gated([outcome(LEAK.check)], before=[LEAK]).fixed) == 1
    lost = gated([outcome(LEAK.check, Status.NOT_TESTED, reason="no address")], before=[LEAK])
    assert lost.fixed == ()
    assert (lost.exit_code, lost.lost) == (3, (LEAK.check,))


def test_too_little_evidence_is_no_pass_unless_a_baseline_says_that_there_never_was_more():
    assert gated([outcome(LEAK.check)], enough=False).exit_code == 3
    assert gated([outcome(LEAK.check)], before=[outcome(LEAK.check)], enough=False).exit_code == 0


def test_a_run_that_ended_early_never_passes():
    missed = Planned(check="contract.filters-filter", subject="GET /orders", price=1)
    early = run([outcome(LEAK.check)], planned=[missed])
    found = judging.gate(early, None, (), enough=True, today=TODAY)
    assert (found.exit_code, found.short) == (3, "the run ended before its plan did")


def test_a_waiver_turns_a_failure_into_what_is_shown_and_counted_nowhere():
    found = gated([LEAK], accepted=[accepting()])
    assert (found.exit_code, found.new, found.notes[0][-6:]) == (0, (), "; ada)")
    assert "accepted-risk (ada, until 2026-11-28)" in found.waived[0].note


@pytest.mark.parametrize(
    "named",
    [
        {"fingerprint": "0" * 16},
        {"operation": "POST *"},
        {"fingerprint": "", "check": "credentials.*"},
    ],
)
def test_a_waiver_covers_nothing_else(named):
    found = gated([LEAK], accepted=[accepting(**named)])
    assert found.exit_code == 1
    assert "fits no finding" in found.notes[0]


def test_a_waiver_of_one_finding_leaves_the_other_of_the_same_outcome():
    both = outcome(LEAK.check, Status.FAIL, *LEAK.findings, *failing(LEAK.check, "other").findings)
    found = gated([both], accepted=[accepting()])
    assert [one.signature for one in found.new] == ["other"]
    assert [one.signature for one in found.waived] == ["wrong"]


def test_a_waiver_that_is_over_counts_as_a_finding_even_where_a_baseline_knows_it():
    found = gated([LEAK], before=[LEAK], accepted=[accepting(until=YESTERDAY)])
    assert found.exit_code == 1
    assert found.new[0].note == "its waiver was over on 2026-11-26"


def test_a_baseline_does_not_take_what_is_waived_so_that_its_end_is_noticed():
    seen = judging.waive(run([LEAK]), [accepting()], TODAY)
    assert judging.baseline_of(seen, None, TODAY).failures == {}


def test_a_waived_failure_counts_for_the_letter_without_waivers():
    blocker = failing("credentials.missing-refused")
    fitting = accepting(fingerprint="", check="credentials.*")
    others = [outcome(f"contract.{n}") for n in ("a", "b", "c")]
    seen = judging.waive(run([blocker, *others]), [fitting], TODAY)
    grade = judging.judge(seen).grade
    assert (grade.letter, grade.unwaived) != (grade.letter, "")


def test_what_a_second_run_does_not_show_is_flaky_and_what_it_could_not_look_at_is_not():
    other = failing("contract.status-documented")
    first = run([LEAK, other])
    found = judging.gate(first, None, (), enough=True, today=TODAY)
    again = run([outcome(LEAK.check), outcome(other.check, Status.NOT_TESTED, reason="gone")])
    found = judging.repeated(found, first, again)
    assert [one.check for one in found.flaky] == [LEAK.check]
    assert [one.check for one in found.new] == [other.check]
