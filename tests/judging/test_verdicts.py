"""The ruling: silence first, since what was not shown must never become a pass."""

import pytest
from msgspec.structs import replace

from tests.reporting.sample_run import card, failing, outcome, rich, run
from verifier.judging import judge, methodology
from verifier.model import Finding, Level, Planned, Question, Ruling, Severity, Status

ASKED = ("contract.no-server-error", "failure.nothing-leaks", "contract.status-documented")
CHECKED = ("credentials.missing-refused", "contract.rule-0")


def passing(*checks, **more):
    return [outcome(check, **more) for check in checks or ASKED]


def untested(check, supply="--base-url URL (or --mock)", **more):
    return outcome(check, Status.NOT_TESTED, reason="there is no address", supply=supply, **more)


def answer(verdict, question):
    return next(a for a in verdict.answers if a.question is question)


def test_a_desk_evaluation_is_never_enough_evidence_however_good_the_document_is():
    verdict = judge(run([outcome("contract.document-valid", requests=0)], mode="desk"))
    assert verdict.ruling is Ruling.UNKNOWN
    assert answer(verdict, Question.CONTRACT).standing == "declared"


def test_a_desk_evaluation_says_how_many_checks_wait_for_something():
    outcomes = [outcome("contract.document-valid", requests=0), *map(untested, ASKED)]
    verdict = judge(run(outcomes, mode="desk"))
    assert verdict.grade.letter == "NR"
    assert "3 more checks could be run" in verdict.says


def test_a_desk_evaluation_says_no_to_nothing_even_where_the_document_has_a_blocker():
    finding = Finding(says="No key.", signature="none", severity=Severity.BLOCKER)
    failed = outcome(
        "duplicates.retry-safety-documented", Status.FAIL, finding, subject="", requests=0
    )
    assert judge(run([failed], mode="desk")).ruling is Ruling.UNKNOWN


def test_a_desk_evaluation_is_not_enough_even_where_the_document_shows_what_would_hold_a_letter():
    finding = Finding(says="Tokens are shown.", signature="leak")
    leak = outcome("failure.nothing-leaks", Status.FAIL, finding, requests=0)
    verdict = judge(run([leak], mode="desk"))
    assert [cap.letter for cap in verdict.grade.caps] == ["D"]
    assert verdict.ruling is Ruling.UNKNOWN


@pytest.mark.parametrize("settings", [{"questions": ["change"]}, {"only": ["contract.*"]}])
def test_a_run_of_only_some_checks_is_no_verdict(settings):
    verdict = judge(run(passing(), settings={"assignment": settings}))
    assert (verdict.ruling, verdict.grade.letter) == (Ruling.UNKNOWN, "NR")


def test_a_run_that_ended_early_is_no_verdict_and_what_it_missed_counts_as_not_tested():
    missed = Planned(check="contract.filters-filter", subject="GET /orders", price=1)
    cards = [card("contract.filters-filter")]
    verdict = judge(run(passing(), planned=[missed], cards=cards))
    assert verdict.ruling is Ruling.UNKNOWN
    assert verdict.counts["not tested"] == 1
    assert (verdict.grade.tested, verdict.grade.critical) == (3, 4)


@pytest.mark.parametrize("facts", [{"interrupted": True}, {"finished": 0.0}])
def test_an_interrupted_run_is_no_verdict(facts):
    assert judge(run(passing(), **facts)).ruling is Ruling.UNKNOWN


def test_questions_without_any_check_are_unknown_and_unproven_in_a_buyers_words():
    answers = judge(run(passing())).answers
    assert [a.question for a in answers] == list(Question)
    for question in (Question.MEANING, Question.OWNERSHIP, Question.TOPOLOGY, Question.INTEGRATION):
        found = next(a for a in answers if a.question is question)
        assert (found.answer, found.standing) == ("unknown", "unproven")
        assert found.says.startswith("Not examined: it takes ")
        assert found.supply


def test_what_only_the_document_says_is_declared_not_proven():
    outcomes = [*passing(), outcome("duplicates.retry-safety-documented", subject="", requests=0)]
    found = answer(judge(run(outcomes)), Question.DUPLICATES)
    assert (found.answer, found.standing) == ("yes", "declared")


def test_a_document_that_says_nothing_proves_nothing():
    finding = Finding(says="No limits are named.", signature="none", level=Level.WARNING)
    silent = outcome("limits.limits-documented", Status.WARNING, finding, subject="", requests=0)
    found = answer(judge(run([*passing(), silent])), Question.LIMITS)
    assert (found.answer, found.standing) == ("unknown", "unproven")
    assert "No limits are named." in found.says


def test_what_a_document_lacks_fails_no_question_but_the_one_that_it_answers_itself():
    finding = Finding(says="No key.", signature="none", severity=Severity.BLOCKER)
    checks = ("duplicates.retry-safety-documented", "change.deprecated-has-a-date")
    lacking = [outcome(check, Status.FAIL, finding, subject="", requests=0) for check in checks]
    verdict = judge(run([*passing(), *lacking]))
    found = answer(verdict, Question.DUPLICATES)
    assert (found.answer, found.standing) == ("unknown", "unproven")
    found = answer(verdict, Question.CHANGE)
    assert (found.answer, found.standing) == ("no", "failed")
    assert found.says == "By its own document: No key."


def test_a_question_whose_critical_checks_could_not_be_run_is_not_proven():
    found = answer(
        judge(run([*passing(), untested("contract.created-is-readable", subject="orders")])),
        Question.CONTRACT,
    )
    assert (found.answer, found.standing) == ("partly", "unproven")
    assert "What matters most could not be tested" in found.says


def test_ready_takes_every_critical_check_and_no_doubt():
    verdict = judge(run(passing()))
    assert (verdict.ruling, verdict.grade.letter) == (Ruling.READY, "A+")
    assert verdict.conditions == ()
    assert answer(verdict, Question.CONTRACT).standing == "proven"


def test_one_critical_check_without_evidence_makes_a_condition():
    outcomes = [*passing(), untested("contract.created-is-readable", supply="--allow-writes")]
    verdict = judge(run(outcomes))
    assert verdict.ruling is Ruling.CONDITIONS
    assert "was not shown" in verdict.conditions[0].sentence
    assert verdict.conditions[0].sentence.endswith("give --allow-writes.")


@pytest.mark.parametrize("status", [Status.WARNING, Status.REVIEW])
def test_a_warning_or_a_review_makes_a_condition(status):
    finding = Finding(says="It is odd.", signature="odd", level=Level.WARNING)
    verdict = judge(run([*passing(), outcome("reach.changed-since", status, finding)]))
    assert verdict.ruling is Ruling.CONDITIONS
    assert verdict.conditions[0].sentence == "It is odd."


def test_a_failure_that_is_no_blocker_makes_conditions():
    verdict = judge(run([*passing(), failing("contract.head-matches-get")]))
    assert verdict.ruling is Ruling.CONDITIONS


def test_a_blocker_means_not_ready_even_where_little_was_tested():
    outcomes = [failing("credentials.missing-refused", "anonymous:let-in"), *map(untested, ASKED)]
    verdict = judge(run(outcomes))
    assert (verdict.ruling, verdict.grade.letter) == (Ruling.NOT_READY, "NR")
    assert answer(verdict, Question.CREDENTIALS).answer == "no"


def test_a_cap_at_d_means_not_ready():
    verdict = judge(run([*passing(), failing("failure.nothing-leaks", "leak:a stack trace")]))
    assert verdict.ruling is Ruling.NOT_READY


def test_too_little_evidence_is_not_enough_evidence():
    outcomes = [*passing("contract.no-server-error"), *map(untested, ASKED[1:])]
    verdict = judge(run(outcomes))
    assert (verdict.ruling, verdict.grade.letter) == (Ruling.UNKNOWN, "NR")
    assert "Of 3 critical checks, only 1 had evidence" in verdict.says


def test_conditions_are_five_at_most_one_for_each_check_and_the_worst_first():
    checks = [f"contract.rule-{number}" for number in range(8)]
    outcomes = [failing(check, subject=s) for check in checks for s in ("GET /orders", "GET /x")]
    outcomes.append(failing("credentials.missing-refused", "anonymous:let-in"))
    verdict = judge(run(outcomes))
    assert len(verdict.conditions) == 5
    assert verdict.conditions[0].question is Question.CREDENTIALS
    assert verdict.conditions[1].sentence == (
        "It breaks contract.rule-0, at GET /orders and 1 more operation."
    )
    assert all(condition.sentence.count(".") <= 2 for condition in verdict.conditions)


def told_again(severity=Severity.MAJOR):
    """A check that failed, a scenario of the same question that failed, and something lighter."""
    scenario = replace(card("scenario.access.strangers"), question="credentials", severity=severity)
    outcomes = [
        failing("scenario.access.strangers"),
        failing("credentials.missing-refused"),
        failing("contract.rule-0"),
    ]
    return judge(run(outcomes, cards=[scenario, *map(card, CHECKED)])).conditions


def test_a_scenario_that_shows_what_a_check_showed_is_named_after_everything_else():
    assert [c.says for c in told_again(Severity.MAJOR)] == [
        "It breaks credentials.missing-refused",
        "It breaks contract.rule-0",
        "It breaks scenario.access.strangers",
    ]


def test_a_scenario_that_failed_worse_than_any_check_keeps_its_place():
    lighter = replace(card("credentials.missing-refused"), severity=Severity.MINOR)
    scenario = replace(card("scenario.access.strangers"), question="credentials")
    outcomes = [failing("credentials.missing-refused"), failing("scenario.access.strangers")]
    verdict = judge(run(outcomes, cards=[replace(scenario, severity=Severity.MAJOR), lighter]))
    assert verdict.conditions[0].says == "It breaks scenario.access.strangers"


def test_a_condition_claims_for_its_own_finding_no_more_than_was_seen():
    many = [failing("contract.rule-0", "status:302", subject=f"GET /{n}") for n in range(3)]
    other = [failing("contract.rule-0", "status:400", subject=f"GET /{n}") for n in range(2)]
    verdict = judge(run([*passing(), *other, *many]))
    assert verdict.conditions[0].sentence == (
        "It breaks contract.rule-0, at GET /0 and 2 more operations, and 2 more of the kind."
    )


def test_a_finding_about_the_whole_vendor_is_not_pinned_on_its_first_example():
    finding = Finding(says="3 of 9 operations end.", signature="end", operation="GET /orders")
    late = outcome("change.deprecated-has-a-date", Status.FAIL, finding, subject="", requests=0)
    verdict = judge(run([*passing(), late]))
    assert verdict.conditions[0].sentence == "3 of 9 operations end."


def test_an_inconclusive_outcome_accuses_nobody():
    finding = Finding(says="HEAD differs.", signature="head")
    verdict = judge(
        run([*passing(), outcome("contract.head-matches-get", Status.INCONCLUSIVE, finding)])
    )
    assert not any("HEAD" in condition.says for condition in verdict.conditions)


def test_the_same_run_gets_the_same_verdict():
    assert judge(rich()) == judge(rich())


def test_the_methodology_names_its_version_every_band_and_every_cap():
    text = methodology(())
    assert text.startswith("Method 3\n")
    assert "blocker weighs 8" in text
    assert "A from 90" in text
    assert "F because strangers are let in\n" in text
    assert "(not tested yet)" in text
    assert "{" not in text


def test_an_answer_that_several_checks_looked_at_is_counted_once():
    shared = [
        outcome(check, samples=9, requests=r) for check, r in zip(ASKED, (9, 0, 0), strict=True)
    ]
    alone = outcome("contract.head-matches-get", requests=3)
    found = answer(judge(run([*shared, alone])), Question.CONTRACT)
    assert found.says == "Everything that was tested holds: 3 checks, in 12 answers."


def test_a_mapping_is_proven_once_all_of_its_code_was_run_and_counts_for_nothing_of_the_vendor():
    on_paper = outcome("mapping.orders.decided", subject="", requests=0)
    ran = outcome("mapping.orders.implemented", subject="", requests=0)
    idle = outcome("mapping.refunds.implemented", Status.NOT_TESTED, subject="")
    cards = [
        replace(card(one.check), question="meaning", severity=int(Severity.MINOR))
        for one in (on_paper, ran, idle)
    ]

    def meaning(*outcomes):
        return judge(run(list(outcomes), cards=cards, mode="desk"))

    assert answer(meaning(on_paper), Question.MEANING).standing == "declared"
    assert answer(meaning(on_paper, ran, idle), Question.MEANING).standing == "declared"
    verdict = meaning(on_paper, ran)
    found = answer(verdict, Question.MEANING)
    assert (found.answer, found.standing) == ("yes", "proven")
    assert "carried out by its own code" in found.says
    assert (verdict.ruling, verdict.grade.letter) == (Ruling.UNKNOWN, "NR")
    wrong = replace(ran, status=Status.FAIL, findings=(Finding(says="A day off.", signature="d"),))
    assert answer(meaning(on_paper, wrong), Question.MEANING).standing == "failed"
