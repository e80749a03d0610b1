"""The site of the documentation builds without a warning, is whole, and asks nothing of others."""

import re
import subprocess
import sys

import pytest

from tests.places import ROOT
from tests.reporting.browsing import Visit, launched, needs_chromium, violations
from verifier import discovery
from verifier.cli.commands.schema import KINDS
from verifier.cli.program import SECTIONS
from verifier.diffing.comparison import registry
from verifier.mocking import known, known_faults
from verifier.rehearsing.repertoire import episodes, properties

# What makes a browser ask somebody: a link to read further does not.
ASKS = re.compile(
    r"<(?:script|img|iframe|source|video)\b[^>]*\bsrc=.(?:https?:)?//"
    r"|<link\b[^>]*\brel=.(?:stylesheet|preload|icon|preconnect)[^>]*\bhref=.(?:https?:)?//"
    r"|(?:@import\s+|url\()[\"']?(?:https?:)?//"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Built from nothing, as `make docs` does, every warning an error."""
    out = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", str(out / ".made")]
    done = subprocess.run(
        [*build, str(ROOT / "docs"), str(out)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return out


def text_of(page):
    return re.sub(r"<[^>]+>", "", page.read_text())


def test_it_asks_nothing_of_anybody(site):
    files = [path for path in site.rglob("*") if path.suffix in {".html", ".css"}]
    assert len(files) > 60
    assert [str(path) for path in files if ASKS.search(path.read_text())] == []


def test_what_would_ask_is_recognised():
    assert ASKS.search('<link rel="stylesheet" href="https://fonts.example/a.css">')
    assert ASKS.search("@import url(//fonts.example/a.css)")
    assert not ASKS.search('<a href="https://www.rfc-editor.org/rfc/rfc9110">')


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("reference/written/commands.html", [n for ns in SECTIONS.values() for n in ns]),
        ("reference/written/files.html", KINDS),
        ("reference/written/episodes.html", [*episodes(), *properties()]),
        ("reference/written/diff-rules.html", list(registry())),
        ("reference/faults.html", [*known(), *known_faults()]),
    ],
)
def test_the_reference_holds_everything_that_there_is(site, page, names):
    told = text_of(site / page)
    assert [name for name in names if name not in told] == []


def test_every_check_has_its_place_under_its_question(site):
    for check in discovery.checks().values():
        page = site / f"reference/written/checks-{check.question.value}.html"
        anchor = check.id.replace(".", "-")
        assert f'id="{anchor}"' in page.read_text()


def test_the_sample_report_comes_with_it(site):
    told = (site / "guides/read-the-report.html").read_text()
    (link,) = re.findall(r'href="([^"]+)"[^>]*>\s*(?:<[^>]+>)*The sample', told)
    assert (site / "guides" / link).read_text().startswith("<!doctype html>")


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_browser_finds_nothing_wrong_with_it(site, theme):
    api = pytest.importorskip("playwright.sync_api", reason="there is no Playwright here")
    with api.sync_playwright() as driver:
        browser = launched(driver)
        for page in ("index", "reference/written/checks-duplicates"):
            seen = Visit(browser, f"file://{site}/{page}.html", color_scheme=theme)
            assert [address for address in seen.asked if not address.startswith("file://")] == []
            assert seen.complaints == []
            assert violations(seen.page) == []
        browser.close()
