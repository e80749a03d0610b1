"""What a vendor says stands in the report beside what was seen, and cannot harm the page."""

import datetime

import jsonschema
import orjson
import pytest

from tests.reporting.pages import read
from tests.reporting.sample_run import failing, run
from verifier.judging import judge
from verifier.model import Claim, Claims, Costs, Extent, Landscape
from verifier.reporting import results_schema
from verifier.reporting.compose import compose
from verifier.reporting.formats import html, json_results

TODAY = datetime.date(2026, 11, 27)
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>\x00\u202e'
LANDSCAPE = Landscape(
    now=Extent(systems=2, links=1), planned=Extent(systems=6, links=15), costs=Costs()
)


def view(language="en", **more):
    claim = Claim(**{"answer": "yes", "date": TODAY, "person": "Jo Doe", **more})
    told = Claims(said={"errors-do-not-leak": claim}, landscape=LANDSCAPE, given=True)
    seen = run([failing("failure.nothing-leaks")])
    return compose(seen, judge(seen, claims=told, today=TODAY, language=language))


def test_a_claim_stands_beside_its_evidence_with_who_said_it_and_when():
    page = read(html.write(view(says="Never.", expires=TODAY)))
    for told in ("Never.", "Jo Doe, 2026-11-27", "until 2026-11-27", "contradicted"):
        assert told in page.text
    assert "What the vendor says: 1 of 5 questions answered" in page.text


def test_the_advice_on_topology_shows_how_it_was_reckoned():
    page = read(html.write(view()))
    assert "How this was reckoned" in page.text
    assert "a hub pays from" in page.text


def test_a_report_without_claims_says_nothing_of_them():
    seen = run([failing("failure.nothing-leaks")])
    assert "What the vendor says" not in html.write(compose(seen, judge(seen))).decode()


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_of_a_stranger_in_a_claim_are_words_only(language):
    page = read(html.write(view(language, says=EVIL, person=EVIL, link=EVIL)))
    assert page.opened["img"] == 0
    assert not any("alert" in content for _, content in page.scripts)
    assert "\x00" not in page.text


def test_the_results_hold_the_questionnaire_and_obey_their_schema():
    data = orjson.loads(json_results.write(view(says=EVIL)))
    jsonschema.validate(data, results_schema())
    (said,) = [one for one in data["claims"] if one["answer"]]
    assert (said["standing"], said["person"]) == ("contradicted", "Jo Doe")
    assert len(said["against"]) == 1
