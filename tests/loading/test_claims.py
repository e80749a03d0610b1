"""claims.yaml: read strictly, since an answer that nobody gave must not pass for one."""

import datetime

import pytest
import yaml
from jsonschema import Draft202012Validator

from verifier import questionnaire
from verifier.discovery import checks
from verifier.errors import ConfigError
from verifier.loading import blank_claims, claims_schema, read_claims
from verifier.model import Claims, Question

GOOD = """\
claims:
  code-ours: {answer: yes, date: 2026-11-20, person: Jo Doe, link: "https://a.example/x"}
  keys-ours:
    answer: not-applicable
    date: 2026-11-20
    person: Jo Doe
    expires: 2027-11-20
  exit-terms: {answer: , date: , person: }
  full-export:
landscape: {systems: 3, links: 2, planned: {links: 7}, days: {link: 20}}
"""


def written(tmp_path, text):
    path = tmp_path / "claims.yaml"
    path.write_text(text)
    return path


def test_an_answer_is_read_with_who_gave_it_and_what_is_empty_is_open(tmp_path):
    found = read_claims(written(tmp_path, GOOD))
    assert set(found.said) == {"code-ours", "keys-ours"}
    assert found.said["code-ours"].person == "Jo Doe"
    assert found.said["keys-ours"].expires == datetime.date(2027, 11, 20)
    assert (found.landscape.planned.systems, found.landscape.planned.links) == (3, 7)
    assert (found.landscape.costs.link, found.landscape.costs.hub) == (20, 30)


def test_claims_come_back_from_a_run_as_they_were(tmp_path):
    found = read_claims(written(tmp_path, GOOD))
    assert Claims.from_data(found.as_data()) == found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code-ours", "code-our", "Did you mean 'code-ours'"),
        ("answer: yes", "answer: maybe", "yes, partly, no, not-applicable"),
        ("person: Jo Doe, link", "link", "needs 'person'"),
        ("date: 2026-11-20, person: Jo Doe, link", "person: Jo Doe, link", "needs 'date'"),
        ("2027-11-20", "2027-11-31", "no day"),
        ("https://a.example/x", "javascript:alert(1)", "an address"),
        ("links: 2", "links: 0", "from 1"),
        ("landscape", "landscap", "landscape"),
    ],
)
def test_what_is_no_answer_is_refused_with_its_line(tmp_path, old, new, says):
    with pytest.raises(ConfigError, match=says) as caught:
        read_claims(written(tmp_path, GOOD.replace(old, new, 1)))
    assert "claims.yaml:" in str(caught.value)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_blank_form_asks_everything_and_answers_nothing(tmp_path, language):
    text = blank_claims(language)
    assert read_claims(written(tmp_path, text)).said == {}
    for enquiry in questionnaire.enquiries():
        assert f"  {enquiry}: " in text
        assert questionnaire.asks(enquiry, language) in text


def test_the_schema_takes_what_the_reader_takes():
    data = yaml.load(GOOD, yaml.BaseLoader)  # every scalar a text, as YAML 1.2 has dates and yes
    data["claims"]["exit-terms"] = None
    data["claims"]["full-export"] = None
    data["landscape"] = {"systems": 3, "links": 2, "planned": {"links": 7}, "days": {"link": 20}}
    Draft202012Validator(claims_schema()).validate(data)


def test_there_are_some_sixty_enquiries_for_every_question_that_a_vendor_can_answer():
    known = questionnaire.enquiries().values()
    assert 60 <= len(known) <= 80
    ours = {Question.TOPOLOGY}  # answered from what we connect
    assert {enquiry.question for enquiry in known} == set(Question) - ours


def test_a_check_that_tests_a_claim_exists_or_is_a_pattern_for_what_may_come():
    named = {id for enquiry in questionnaire.enquiries().values() for id in enquiry.checks}
    assert {id for id in named if "*" not in id} <= set(checks())
