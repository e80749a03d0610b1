"""The mock's page for people: true, escaped, self-contained, and out of the vendor's way."""

import re

import pytest

import verifier
from tests.mocking.directing import NEW, SAMPLE, client_of, frozen, in_process
from tests.reporting.browsing import Visit, launched, needs_chromium, violations
from verifier.loading import from_mapping
from verifier.mocking.page import Page
from verifier.recording import Redaction
from verifier.wire import Incoming

HTML = {"Accept": "text/html,application/xhtml+xml"}
EVIL = "\"><script>document.title='owned'</script><img src=x onerror=alert(1)>{{7*7}}"
BEYOND = """
    [...document.querySelectorAll(".wide")]
        .filter(box => box.scrollWidth > box.clientWidth).map(box => box.innerText.slice(0, 80))
"""
NARROWEST = """
    Math.min(...[...document.querySelectorAll("td > code")]
        .map(code => code.parentElement.getBoundingClientRect().width))
"""
HOSTILE = {
    "openapi": "3.1.0",
    "info": {"title": EVIL, "version": EVIL},
    "paths": {
        "/<b>items</b>": {"get": {"operationId": EVIL, "responses": {"200": {"description": "."}}}}
    },
}


def paged(mock):
    """A mock that shows its page; its secrets are known to whoever writes it."""
    redaction = Redaction()
    for name, parts in mock.secrets.items():
        for part, secret in parts.items():
            redaction.learn(f"{name}.{part}", secret)
    mock.fronts.append(Page(mock, redaction).answer)
    return mock


@pytest.fixture
def mock():
    return paged(frozen(verifier.load(SAMPLE)))


def page(mock, target="/", **headers):
    given = {**HTML, **headers}
    return mock.answer(Incoming(method="GET", target=target, headers=tuple(given.items())))


def test_it_tells_what_was_asked_what_is_kept_and_what_will_be_played(mock):
    mock.fail("createOrder", "latency", seconds=2)
    with in_process(mock) as client:
        client.post("/customers", json=NEW)
        client.post("/customers", json={})
    html = page(mock).body.decode()
    for text in ("Acme Billing", "createCustomer", "created customers", "latency for createOrder"):
        assert text in html
    assert "lacks the required member" in html
    assert re.search(r"<td>customers</td><td class=\"number\">1</td>", html)
    assert "answered 2 requests" in " ".join(html.split())


def test_looking_at_it_is_no_request_to_the_vendor(mock):
    page(mock)
    page(mock, "/__verifier__/")
    assert len(mock.ledger) == 0


def test_a_program_that_asks_for_the_root_is_answered_by_the_vendor(mock):
    assert page(mock, Accept="application/json").status == 404
    assert page(mock, "/__verifier__/", Accept="*/*").status == 200


def test_a_root_that_the_document_offers_is_the_vendor_s():
    offered = {**HOSTILE, "paths": {"/": {"get": {"responses": {"200": {"description": "."}}}}}}
    mock = paged(frozen(from_mapping(offered)))
    assert b"A mock vendor" not in page(mock).body
    assert b"A mock vendor" in page(mock, "/__verifier__/").body


def test_it_holds_no_secret_and_nothing_of_it_is_kept_or_comes_from_elsewhere(mock):
    token = mock.secrets["full"]["token"]
    with in_process(mock) as client:
        client.get(f"/customers?access_token={token}", headers={"Authorization": ""})
    answer = page(mock)
    assert token not in answer.body.decode()
    headers = dict(answer.headers)
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert not re.search(rb"<script|src=|href=\"http|url\(", answer.body)


def test_hostile_text_is_escaped_wherever_it_comes_from():
    mock = paged(frozen(from_mapping(HOSTILE)))
    mock.answer(Incoming(method="GET", target=f"/{EVIL}"))
    html = page(mock).body.decode()
    assert "<script>" not in html
    assert "<img" not in html
    assert "<b>items" not in html
    assert "{{7*7}}" in html


def test_it_is_refreshed_only_where_that_is_asked_for(mock):
    assert "Refresh" not in dict(page(mock).headers)
    assert dict(page(mock, "/?live").headers)["Refresh"] == "2"


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="there is no Playwright here")
    with api.sync_playwright() as driver:
        opened = launched(driver)
        yield opened
        opened.close()


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_has_nothing_to_complain_of_and_everybody_can_read_it(browser, scheme):
    with paged(frozen(verifier.load(SAMPLE))) as mock:
        with client_of(mock) as client:
            for body in (NEW, {}, NEW):
                client.post("/customers", json=body)
            mock.fail("listCustomers", "status")
            client.get("/customers")
        visit = Visit(browser, f"{mock.url}/", color_scheme=scheme)
        assert visit.page.locator("h1").inner_text().startswith("Acme Billing")
        assert visit.page.locator("tbody tr").count() > 10
        assert visit.complaints == []
        assert {address.split("/", 3)[2] for address in visit.asked} == {mock.url.split("/")[2]}
        assert violations(visit.page) == []
        ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(15, 19, 24)")
        visit.page.set_viewport_size({"width": 360, "height": 700})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
        # Nothing is cut off within the tables either, and no path is a column of letters.
        assert visit.page.evaluate(BEYOND) == []
        assert visit.page.evaluate(NARROWEST) > 200
        assert violations(visit.page) == []
        visit.context.close()


@pytest.mark.browser
@needs_chromium
def test_nothing_hostile_runs_in_a_browser(browser):
    with paged(frozen(from_mapping(HOSTILE))) as mock:
        mock.answer(Incoming(method="GET", target=f"/{EVIL}"))
        visit = Visit(browser, f"{mock.url}/")
        assert visit.page.title() == f"{EVIL}: a mock"
        assert (visit.dialogs, visit.complaints) == ([], [])
        visit.context.close()
