"""Runs that stand as usual are remembered: a trend, a difference, a portfolio, a comparison."""

import json
import re
from pathlib import Path

import pytest

from tests.journeys.documents import TINY


@pytest.fixture
def vendors(tmp_path):
    for name in ("acme", "globex"):
        folder = tmp_path / "specs" / name
        folder.mkdir(parents=True)
        (folder / "openapi.yaml").write_text(TINY.replace("Tiny", name.title()))
        (folder / "vendor.yaml").write_text(f"name: {name}\n")


def evaluated(command, vendor, *more):
    code, out, _ = command("evaluate", f"specs/{vendor}", "--mock", *more)
    return code, Path(re.search(r"^  html +(.+)$", out, re.MULTILINE)[1]).parent


def results(folder):
    return json.loads((folder / "results.json").read_bytes())


@pytest.mark.usefixtures("vendors")
def test_a_later_run_tells_what_changed_and_all_vendors_stand_on_one_page(command):
    _, first = evaluated(command, "acme")
    assert results(first)["since"] is None
    code, second = evaluated(command, "acme", "--misbehave", "open-operation")
    assert code == 1
    since = results(second)["since"]
    assert since["run"] == first.name
    found = {"credentials.access-as-granted", "credentials.missing-refused"}
    assert {one["check"] for one in since["new"]} == found
    assert "Since the run of" in (second / "index.html").read_text()
    assert "From run to run" in (second / "index.html").read_text()

    evaluated(command, "globex")
    page = Path("reports/index.html").read_text()
    assert f"acme/{second.name}/index.html" in page
    assert "Globex" in page
    assert "2 vendors" in page

    code, out, _ = command("compare", "acme", "globex", "--output", "side.html")
    assert code == 0
    assert "* Credentials" in out
    assert "Only Acme" in out
    assert "Only Acme fails" in Path("side.html").read_text()

    code, out, _ = command("report", str(first), "--compare-to", str(second))
    assert {one["check"] for one in results(first)["since"]["fixed"]} >= {
        "credentials.missing-refused"
    }


@pytest.mark.usefixtures("vendors")
def test_a_run_that_was_put_elsewhere_is_remembered_where_somebody_says_so(command):
    asked = ("--output", "away", "--check", "failure.*")
    evaluated(command, "acme", *asked)
    assert not Path("reports").exists()
    asked = ("--output", "off", "--check", "failure.*", "--history", "all.sqlite")
    evaluated(command, "acme", *asked)
    code, out, _ = command("portfolio", "--history", "all.sqlite", "--output", "page.html")
    assert (code, out.strip()) == (0, "page.html: 1 vendor")
    assert "off/index.html" in Path("page.html").read_text()


def test_without_a_history_there_is_one_message(command):
    code, _, err = command("portfolio")
    assert code == 2
    assert "there is no history" in err
    code, _, err = command("compare", "a", "b")
    assert code == 2
