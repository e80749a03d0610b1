"""The letter to the vendor: what is settled is not asked, and nothing foreign is markup in it."""

import datetime

import pytest

from tests.reporting.sample_run import failing, outcome, run
from verifier import judging
from verifier.model import Claim, Claims
from verifier.reporting import letter

TODAY = datetime.date(2026, 11, 27)
LEAKS = failing("failure.nothing-leaks")


def written(outcomes=(), form="markdown", language="en", vendor="Acme", **answers):
    said = {
        id.replace("_", "-"): Claim(answer=word, date=TODAY, person="Jo")
        for id, word in answers.items()
    }
    seen = run(list(outcomes)) if outcomes else None
    told = Claims(said=said, given=True)
    verdict = judging.judge(seen, claims=told, today=TODAY, language=language) if seen else None
    accounted = seen.accounted if seen else ()
    stated = judging.stated(accounted, told, TODAY, language)
    return letter(vendor, stated, run=seen, verdict=verdict, form=form, language=language)


def test_what_was_answered_or_tested_is_not_asked():
    text = written([outcome("failure.nothing-leaks")], certified="yes")
    assert "penetration test" not in text
    assert "keep the inside of your systems" not in text
    assert "one customer reaches another" in text


def test_a_contradiction_comes_first_with_what_was_said_and_seen_and_is_not_told_twice():
    text = written([LEAKS], errors_do_not_leak="yes")
    assert "disagree" in text
    assert "You answered yes (2026-11-27). We saw: It breaks failure.nothing-leaks." in text
    assert text.count("It breaks") == 1


def test_a_failure_that_nobody_denied_is_asked_to_be_mended():
    text = written([LEAKS])
    assert "ask you to mend" in text
    assert "Mend it." in text


def test_questions_are_numbered_through_so_that_they_can_be_answered_by_number():
    lines = [line for line in written([LEAKS]).splitlines() if line[:1].isdigit()]
    assert [int(line.partition(".")[0]) for line in lines] == list(range(1, len(lines) + 1))
    assert len(lines) > 60


def test_a_mail_is_plain_text_with_its_subject_first():
    text = written([LEAKS], form="mail")
    assert text.startswith("Subject: Acme: questions about your API")
    assert "#" not in text
    assert "\\" not in text


def test_it_can_be_written_in_german():
    text = written([LEAKS], language="de")
    assert "Sehr geehrte" in text
    assert "Dear" not in text
    assert "Lassen sich Testdaten" in text


@pytest.mark.parametrize("form", ["markdown", "mail"])
def test_a_vendors_name_is_no_markup_and_no_further_header(form):
    text = written(vendor="A<script>\nBcc: all@a.example\x1b[2J", form=form)
    assert "\nBcc:" not in text
    assert "\x1b" not in text
    if form == "markdown":
        assert "<script>" not in text
