"""One result in a real browser: it has an address, reads alone, and counts lead to their kind."""

from __future__ import annotations

import pytest

from tests.reporting.browsing import needs_chromium, pages_of, violations
from tests.reporting.sample_run import exchange, failing, rich, run
from verifier.judging import judge
from verifier.reporting import render
from verifier.reporting.compose import compose

pytestmark = [pytest.mark.browser, needs_chromium]
PHONE = {"width": 360, "height": 740}
LEAK = "Its 400 shows a stack trace."


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    render(rich(), judge(rich()), folder, formats=("html",))
    return f"file://{folder}/index.html"


@pytest.fixture(scope="module")
def entries():
    view = compose(rich(), judge(rich()))
    return {entry.says: entry for entry in (*view.entries, *view.notes)}


def above(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


def soon(page, expression):
    """Wait until it is true; the page's policy lets nothing be polled in it."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(10)
    pytest.fail(f"never: {expression}")


# -- a result alone


def test_a_page_that_is_opened_as_a_whole_sets_nothing_aside(visit, address):
    page = visit(address).page
    assert page.locator(".aside").count() == 0
    assert page.is_visible("#verdict")
    assert not page.is_visible("#solo")


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1200, "height": 900}])
def test_a_link_shows_exactly_that_finding_with_its_evidence(visit, address, entries, viewport):
    seen = visit(f"{address}#{entries[LEAK].anchor}", viewport=viewport)
    page = seen.page
    assert page.locator(".finding:visible h4").all_inner_texts() == [LEAK]
    assert page.locator(".chapter:visible").count() == 1
    assert page.is_visible(".finding:visible .facts dd >> nth=0")
    page.wait_for_selector(".finding .proof pre:visible")
    assert not page.is_visible("#verdict")
    assert page.title().startswith(LEAK)
    bar = page.locator(".bar").bounding_box()
    assert bar["height"] <= above(page, "#solo") < above(page, ".finding:visible h4")
    assert above(page, ".finding:visible h4") < viewport["height"] * 0.8
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert seen.complaints == []


def test_axe_finds_nothing_where_a_result_stands_alone(visit, address, entries):
    for theme in ("light", "dark"):
        page = visit(f"{address}#{entries[LEAK].anchor}", color_scheme=theme).page
        assert violations(page) == []


def test_back_leads_to_where_the_link_was(visit, address):
    page = visit(address, viewport=PHONE).page
    link = page.locator(".conditions a").last
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    assert not page.is_visible("#verdict")
    page.go_back()
    soon(page, f"Math.abs(scrollY - {before}) < 2")
    assert page.is_visible("#verdict")
    assert page.locator(".aside").count() == 0
    page.go_forward()
    assert not page.is_visible("#verdict")


def test_the_address_of_a_result_can_be_copied(visit, address, entries):
    seen = visit(f"{address}#{entries[LEAK].anchor}")
    seen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.click("#copy")
    seen.page.wait_for_selector("#copied:has-text('Link copied.')")
    assert seen.page.evaluate("navigator.clipboard.readText()") == seen.page.url


def test_a_result_alone_is_printed_alone(visit, address, entries):
    page = visit(f"{address}#{entries[LEAK].anchor}").page
    page.wait_for_selector(".finding .proof pre:visible")
    page.emulate_media(media="print")
    assert page.is_visible(f"text={LEAK} >> nth=0")
    assert page.is_visible(".finding:visible .proof pre >> nth=0")
    assert not page.is_visible("#copy")
    assert not page.is_visible("#verdict")
    assert pages_of(page.pdf(prefer_css_page_size=True)) <= 2


def test_one_walks_from_result_to_result_and_out_to_the_whole(visit, address):
    page = visit(address).page
    page.click(".conditions a >> nth=0")
    first = page.inner_text(".finding:visible h4")
    page.click("#solo-after")
    assert page.locator(".finding:visible").count() == 1
    second = page.inner_text(".finding:visible h4")
    assert second != first
    assert page.evaluate("document.activeElement.textContent") == second
    page.click("#solo-whole")
    assert page.is_visible("#verdict")
    assert page.locator(".finding:visible").count() > 1


def test_a_check_that_holds_has_an_address_as_well(visit, address):
    page = visit(f"{address}#check-limits.limits-documented").page
    assert page.locator(".rule:visible").count() == 1
    assert page.locator(".finding:visible").count() == 0
    assert "1 pass" in page.inner_text(".rule:visible")
    assert page.get_attribute("#solo-sent", "href") == "#list-asked=limits.limits-documented"


def test_a_check_that_fails_is_shown_with_its_findings(visit, address, entries):
    page = visit(f"{address}#check-failure.nothing-leaks").page
    assert page.locator(".finding:visible h4").all_inner_texts() == [LEAK]


def test_a_filter_does_not_hide_what_a_link_names(visit, address, entries):
    page = visit(f"{address}#level=information").page
    page.evaluate(f"location.hash = '{entries[LEAK].anchor}'")
    page.wait_for_selector(".finding:visible h4")
    assert page.locator(".finding:visible h4").all_inner_texts() == [LEAK]
    page.go_back()
    soon(page, "document.getElementById('level').value === 'information'")


def test_what_is_told_in_short_brings_its_evidence_along(visit, tmp_path):
    failed = [failing("contract.a", f"kind-{n:03}", evidence=(f"x{n}",)) for n in range(1, 30)]
    made = run(failed, exchanges=[exchange(n, {"only": f"page {n}"}) for n in range(1, 30)])
    render(made, judge(made), tmp_path, formats=("html",))
    page = visit(f"file://{tmp_path}/index.html").page
    last = page.locator("li.finding").last.get_attribute("id")
    number = page.locator(f"#{last} a").first.inner_text()
    page.goto(f"file://{tmp_path}/index.html#{last}")
    page.reload()
    page.wait_for_selector(f"#{last} .proof pre")
    assert f"page {number[1:]}" in page.inner_text(f"#{last} .proof")
    assert page.locator(".finding:visible").count() == 1


# -- evidence one fold down


def test_evidence_is_one_fold_below_its_finding_and_its_line_says_what_came(visit, address):
    page = visit(address).page
    page.click("#unfold")
    for proof in page.locator(".proof").all():
        assert proof.locator("xpath=ancestor::details").count() <= 2  # the question, and notes
    assert page.inner_text("#x1 > summary .came").startswith("200 · ")
    assert page.inner_text("#x1 > summary .came").endswith("B")
    page.click("#x1 > summary")
    assert page.is_visible("#x1 pre.command")


# -- counts


def test_a_count_leads_to_what_it_counts_and_says_so(visit, address):
    page = visit(address).page
    for level in ("fail", "warning", "information"):
        count = page.locator(f".counts a[data-level='{level}']")
        number = int(count.inner_text().split()[0])
        count.focus()
        page.keyboard.press("Enter")
        soon(page, f"document.getElementById('level').value === '{level}'")
        assert page.locator(".finding:visible").count() == number
        assert page.inner_text("#found").startswith(f"{number} of ")
        assert count.get_attribute("aria-current") == "true"
    page.go_back()
    soon(page, "document.getElementById('level').value === 'warning'")
    page.click("#filter [type=reset]")
    soon(page, "!location.hash.includes('level')")
    assert page.locator(".counts [aria-current]").count() == 0


def test_a_count_of_checks_leads_to_the_checks(visit, address):
    page = visit(address).page
    count = page.locator(".counts a[data-level='pass']")
    number = int(count.inner_text().split()[0])
    count.click()
    assert page.locator(".rule:visible").count() == number
    assert page.locator(".finding:visible").count() == 0
    assert f"{number} of " in page.inner_text("#found")
    assert not page.is_visible("[id='check-failure.nothing-leaks']")


def test_counts_read_as_text_without_javascript(visit, address):
    page = visit(address, java_script_enabled=False).page
    assert page.is_visible(".counts >> text=fail")
    assert page.locator(".counts a").count() == 0


def test_an_operation_is_found_by_its_name_and_leads_to_its_exchanges(visit, address):
    page = visit(f"{address}#operation=POST+%2Forders").page
    shown = page.locator(".finding:visible")
    assert 1 <= shown.count() < page.locator(".finding").count()
    assert all("POST /orders" in text for text in shown.all_text_contents())
    page.click("#found a")
    page.wait_for_selector("#list tbody tr")
    assert page.input_value("#list-operation") == "POST /orders"
