"""The pages about many runs and many vendors, in a real browser: as sound as the report itself."""

import pytest
from msgspec.structs import replace

from tests.reporting.browsing import contrast, labels, needs_chromium, pages_of, violations
from tests.reporting.sample_run import rich
from tests.reporting.test_overview import EVIL, GOOD, TODAY, vendors
from tests.runs.records import failed, record
from tests.watching.stage import NEW_YEAR, a_piece
from tests.watching.test_page import ACME, KNOWN, ending
from verifier.judging import judge
from verifier.model import Ending
from verifier.reporting import compare_page, portfolio_page, record_of
from verifier.watching.page import page as watch_page

pytestmark = [pytest.mark.browser, needs_chromium]
NAMES = ("portfolio", "compare", "watch", "evil", "evil-compare", "evil-watch")
THEMES = ("light", "dark")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    run = rich()
    ends = tuple(Ending(f"2027-0{month}-07", "sunset", f"GET /v{month}") for month in range(1, 9))
    whole = replace(record_of(run, judge(run), folder), ends=ends)
    known = [*vendors(folder), whole]
    bad = replace(
        record(vendor="evil", failed={"1": replace(failed(), says=EVIL, operation=EVIL)}),
        title=EVIL,
        version=EVIL,
        ends=(Ending("2027-01-01", "sunset", EVIL),),
    )
    now = [ending(f"2027-0{month}-13", f"GET /v{month}") for month in range(1, 9)]
    made = {
        "portfolio": portfolio_page(known, folder, today=TODAY),
        "compare": compare_page(whole, record(title="Globex", answers=GOOD, failed={}), folder),
        "watch": watch_page([ACME], {"acme": KNOWN}, {"acme": now}, [a_piece()], NEW_YEAR),
        "evil": portfolio_page([bad], folder, today=TODAY),
        "evil-compare": compare_page(bad, replace(bad, vendor="worse", failed={}), folder),
        "evil-watch": watch_page(
            [replace(ACME, name=EVIL)],
            {EVIL: {**KNOWN, "trouble": EVIL}},
            {EVIL: [ending("2027-01-13", EVIL)]},
            [replace(a_piece(), title=EVIL, lines=(EVIL,))],
            NEW_YEAR,
        ),
    }
    for name, page in made.items():
        (folder / f"{name}.html").write_bytes(page)
    return {name: f"file://{folder}/{name}.html" for name in made}


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_no_network_and_complains_of_nothing(visit, pages, name):
    seen = visit(pages[name])
    assert seen.asked == [pages[name]]
    assert (seen.complaints, seen.dialogs) == ([], [])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES[:3])
def test_axe_finds_nothing_in_either_theme_and_every_label_stands_out(visit, pages, name, theme):
    page = visit(pages[name], color_scheme=theme).page
    assert violations(page) == []
    found = labels(page)
    assert bool(found) is (name != "compare")
    assert [text for text, ink, ground in found if contrast(ink, ground) < 4.5] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_the_same_without_javascript_and_on_a_phone(visit, pages, name):
    plain = visit(pages[name], java_script_enabled=False, viewport={"width": 360, "height": 800})
    whole = visit(pages[name])
    assert plain.page.inner_text("main").split() == whole.page.inner_text("main").split()
    assert (
        visit(pages[name], viewport={"width": 360, "height": 800}).page.evaluate(
            "document.documentElement.scrollWidth"
        )
        <= 360
    )


def test_a_phone_shows_of_each_watched_vendor_when_its_next_end_is(visit, pages):
    page = visit(pages["watch"], viewport={"width": 360, "height": 800}).page
    end = page.locator(".vendors td").last
    assert "2027-01-13" in end.inner_text()
    place = end.bounding_box()
    assert place["x"] + place["width"] <= 360


@pytest.mark.parametrize("name", NAMES[:3])
def test_it_can_be_printed(visit, pages, name):
    assert 1 <= pages_of(visit(pages[name]).page.pdf(prefer_css_page_size=True)) <= 3


def test_a_deep_link_leads_to_a_vendor(visit, pages):
    page = visit(pages["portfolio"]).page
    for link in page.locator("a[href^='#']").all():
        assert page.locator(link.get_attribute("href")).count() == 1
