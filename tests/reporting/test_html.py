"""The page: offline, whole without JavaScript, every link leading somewhere."""

import base64
import hashlib
import re

import pytest
from msgspec.structs import replace

from tests.reporting.pages import read
from tests.reporting.sample_run import contract, exchange, failing, outcome, rich, run
from verifier.catalogue import catalogue
from verifier.judging import judge
from verifier.model import (
    Beat,
    Delivery,
    LedgerEntry,
    Question,
    Status,
    Story,
    fingerprint,
)
from verifier.reporting.compose import compose
from verifier.reporting.formats import html
from verifier.reporting.page import GLOSSARY

SAY = catalogue("verifier.reporting")


def written(made):
    return html.write(compose(made, judge(made)))


@pytest.fixture(scope="module")
def page():
    return read(written(rich()))


def test_the_page_asks_for_nothing_from_anywhere(page):
    loading = {"src", "srcset", "action", "data", "poster", "background", "ping", "manifest"}
    assert [a for a in page.attributes if a[1] in loading] == []
    assert page.opened["link"] == page.opened["img"] == page.opened["iframe"] == 0
    assert all(link.startswith("#") for link in page.links)
    assert "url(" not in page.style
    assert "@import" not in page.style


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(page):
    policy = next(v for tag, name, v in page.attributes if "default-src" in v)
    script = next(text for kind, text in page.scripts if not kind)
    for text in (script, page.style):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def dead(page):
    """Links that lead nowhere in the page, with and without JavaScript."""
    return {link for link in page.links if link[1:] not in page.ids}


def test_every_link_leads_to_something_in_the_page(page):
    assert page.links
    assert dead(page) == set()


def test_every_link_leads_somewhere_from_more_places_than_are_shown_whole():
    places = [operation.key for operation in contract(20).operations]
    failed = [
        failing(f"contract.rule-{rule:02}", f"kind-{rule}", subject=key, evidence=(f"x{number}",))
        for rule in range(14)
        for number, key in enumerate(places, start=1)
    ]
    exchanges = [exchange(number) for number in range(1, 13)]  # x13 was never recorded
    large = run(failed, exchanges=exchanges, promised=contract(20))
    found = read(written(large))
    assert dead(found) == set()
    assert {"#x4", "#x12"} <= set(found.links)  # in the list alone
    assert {"#x13", "#x20"}.isdisjoint(found.links)
    prints = {fingerprint(o.check, f) for o in failed for f in o.findings}
    assert {f"finding-{one}" for one in prints} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_what_the_vendor_brought_in_a_scenario_is_shown_below_it():
    told = Delivery(id="d1", hook="h1", method="POST", target="/", answered=200)
    beat = Beat(step="hear", kind="receive", says="POST to our hook", exchange="d1", answer="200")
    played = outcome("failure.told", story=Story(title="T", place="a:1", beats=(beat,)))
    found = read(written(replace(run([played]), deliveries=(told,))))
    assert "d1" in found.ids
    assert dead(found) == set()


def test_no_id_stands_twice(page):
    assert len(page.ids) == len(set(page.ids))


def test_every_question_every_failing_finding_and_its_evidence_has_an_anchor(page):
    view = compose(rich(), judge(rich()))
    assert {question.value for question in Question} <= set(page.ids)
    assert {f"finding-{entry.fingerprint}" for entry in view.entries} <= set(page.ids)
    assert {"x1", "x2"} <= set(page.ids)


def test_all_that_matters_reads_without_javascript(page):
    for wanted in (
        "Not ready",
        "It answered 200 to a request without a credential",
        "It would be held at F because strangers are let in",
        "Refuse it with 401.",
        "curl -i",
        "$VERIFIER_BUYER",
        "--allow-writes",
        "-X DELETE",
        "https://api.example.test/v2/orders/7",
        "the run ended before it came to it",
        "A refund is told",
        "the status is 0, not 201",
        *(question.asks for question in Question),
        *(SAY(f"glossary.means.{word}") for word in GLOSSARY),
    ):
        assert wanted in page.text


def test_what_nothing_removes_is_listed_without_a_command_that_would_fail():
    entry = LedgerEntry(resource="payments", path="/payments/1", created_by="c", state="left")
    found = read(written(run([outcome("contract.a")], ledger=[entry])))
    assert "/payments/1" in found.text
    assert "-X DELETE" not in found.text


def test_what_may_have_been_created_is_named_with_what_to_look_for(page):
    assert "the run ended before the answer came" in page.text
    assert "08:00:00 UTC POST /orders reference: R-17 perhaps at /orders/9" in " ".join(
        page.text.split()
    )


def test_what_a_mock_was_given_is_not_left_behind():
    gone = read(written(replace(rich(), facts=replace(rich().facts, mode="mock"))))
    assert "left" not in gone.ids


def test_what_was_removed_is_not_listed_as_left_behind(page):
    assert "/orders/8" not in page.text


def test_a_word_stands_beside_every_shape_in_a_mark():
    marks = re.findall(r'<span class="mark[^>]*>(.*?)</span>\s*</?[a-z]', written(rich()).decode())
    assert marks
    assert all(re.search("[A-Za-z]{2}", re.sub("<[^>]*>", "", mark)) for mark in marks)


def test_an_exchange_that_proves_two_findings_is_shown_once(page):
    assert page.ids.count("x1") == 1
    assert SAY("finding.above") in page.text


def test_a_sound_run_accuses_nobody():
    sound = read(written(run([outcome("contract.no-server-error", samples=9)])))
    assert "Ready" in sound.text
    assert sound.opened["article"] == 0
    assert "Held at" not in sound.text


def test_a_desk_evaluation_shows_no_times_and_no_exchanges_and_what_to_type_next():
    desk = run([outcome("contract.document-valid", requests=0)], mode="desk", base_url="")
    found = read(written(desk))
    assert {"times", "exchanges"}.isdisjoint(found.ids)
    assert "--base-url URL --principal me=bearer:env:TOKEN" in found.text


def test_hundreds_of_findings_are_told_in_short_and_none_loses_its_anchor():
    outcomes = [failing("contract.a", f"kind-{number:03}") for number in range(90)]
    found = read(written(run(outcomes)))
    assert found.opened["article"] == 10
    assert sum(id.startswith("finding-") for id in found.ids) == 90


def test_a_thousand_operations_stay_in_a_page_of_less_than_a_megabyte_and_a_half():
    large = contract(1_223)
    keys = [operation.key for operation in large.operations]
    checks = [f"contract.rule-{number}" for number in range(20)]
    statuses = (Status.PASS, Status.NOT_TESTED, Status.NOT_APPLICABLE, Status.FAIL)
    outcomes = [
        replace(failing(check, subject=key), status=statuses[(i + j) % 4])
        for i, key in enumerate(keys)
        for j, check in enumerate(checks)
    ]
    page = written(run(outcomes, promised=large))
    assert len(page) < 1_500_000
    assert page.count(b"<th scope=row>") == 1_223


def test_the_shell_is_at_most_300_kilobytes_and_a_thousand_exchanges_a_megabyte_and_a_half():
    assert len(written(rich())) <= 300_000
    noisy = [
        exchange(n, hashlib.shake_256(bytes([n % 251, n // 251])).hexdigest(2_000))
        for n in range(1_000)
    ]
    assert len(written(run([outcome("contract.a", samples=9)], exchanges=noisy))) <= 1_500_000
