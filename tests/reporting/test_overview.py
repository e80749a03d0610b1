"""Pages about many runs: they ask for nothing, read without a script, and are fair."""

import datetime
import re

import pytest
from msgspec.structs import replace

from tests.reporting.pages import read
from tests.reporting.sample_run import rich
from tests.runs.records import failed, record
from verifier.judging import judge
from verifier.model import Ending, Failed, Question
from verifier.reporting import compare_page, compare_text, portfolio_page, record_of
from verifier.reporting.page import gathered

TODAY = datetime.date(2026, 11, 27)
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
GOOD = {question.value: ("yes", "proven") for question in Question}


def vendors(tmp_path):
    report = tmp_path / "acme" / "r2"
    report.mkdir(parents=True)
    (report / "index.html").write_text("a report")
    return [
        record("r1", 1e9, score=70.0, title="Acme"),
        record("r2", 1.1e9, score=80.0, title="Acme", failed={}, folder=str(report)),
        record("g1", 1.2e9, vendor="globex", title="Globex", ruling="not-ready", letter="F"),
    ]


def portfolio(tmp_path, records, **more):
    return read(portfolio_page(records, tmp_path, today=TODAY, **more))


def test_the_portfolio_asks_for_nothing_and_runs_nothing(tmp_path):
    page = portfolio(tmp_path, vendors(tmp_path))
    assert page.opened["script"] == page.opened["img"] == page.opened["iframe"] == 0
    assert all(link.startswith("#") or link == "acme/r2/index.html" for link in page.links)
    assert len(page.ids) == len(set(page.ids))
    assert page.left_open == []


def test_each_vendor_stands_once_the_worst_first_with_a_link_to_its_report(tmp_path):
    page = portfolio(tmp_path, vendors(tmp_path))
    text = page.text
    assert text.index("Globex") < text.index("Acme")
    assert "acme/r2/index.html" in page.links
    for told in ("Not ready", "1 fixed", "2 runs", "From run to run", "2 vendors"):
        assert told in text


def test_what_ends_next_is_told_for_all_vendors_and_what_is_over_is_not(tmp_path):
    ends = [Ending("2026-12-07", "sunset", "GET /a"), Ending("2020-01-01", "sunset", "GET /over")]
    text = portfolio(tmp_path, [record(title="Acme", ends=tuple(ends))]).text
    assert "10 days" in text
    assert "GET /over" not in text


def test_a_portfolio_of_nothing_says_how_to_begin(tmp_path):
    assert "verifier evaluate DOC" in portfolio(tmp_path, []).text


@pytest.mark.parametrize("language", ["en", "de"])
def test_titles_of_strangers_are_text(tmp_path, language):
    bad = replace(
        record(vendor="evil", failed={"1": replace_says(failed())}),
        title=EVIL,
        version=EVIL,
        ends=(Ending("2027-01-01", "sunset", EVIL),),
    )
    pages = (
        portfolio(tmp_path, [bad, replace(bad, run="r0", at=0.5)], language=language),
        read(compare_page(bad, record(failed={}), tmp_path, language=language)),
    )
    for page in pages:
        assert page.opened["script"] == page.opened["img"] == 0


def replace_says(one):
    return replace(one, says=EVIL, operation=EVIL)


def test_differences_stand_first_and_what_is_alike_after(tmp_path):
    first = record(title="Acme", answers=GOOD)
    second = record(title="Globex", answers=GOOD | {"limits": ("no", "failed")}, failed={})
    text = compare_text(first, second)
    lines = [line for line in text.splitlines() if line.startswith("*")]
    assert len(lines) == 1
    assert "Limits" in lines[0]
    assert text.index("Limits") < text.index("Documentation")
    page = read(compare_page(first, second, tmp_path))
    assert page.text.index("slow down") < page.text.index("documentation says")
    assert "Answered differently: 1 of the twelve questions" in page.text
    assert "Only Acme fails" in page.text
    assert "Only Globex fails" not in page.text


def test_two_runs_of_one_vendor_are_told_apart_by_their_day_or_by_their_names(tmp_path):
    first = record(run="one", title="Acme", at=0.0)
    for later, name in ((90_000.0, "Acme 1970-01-02"), (60.0, "Acme two")):
        other = replace(first, run="two", at=later, failed={})
        assert name in compare_text(first, other).splitlines()[0]
        assert name in read(compare_page(first, other, tmp_path)).text


def test_what_is_new_at_many_operations_is_told_once():
    everywhere = [Failed("a.b", f"GET /{at}", "It leaks.") for at in range(3)]
    other = Failed("a.b", "GET /0", "It leaks more.")
    assert gathered([*everywhere, other]) == [(everywhere[0], 2), (other, 0)]


def test_unequal_evidence_is_flagged_and_equal_evidence_is_not(tmp_path):
    whole = record(tested=10, critical=10, method="1")
    assert "!" not in compare_text(whole, whole)
    thin = replace(whole, tested=3, mode="mock", whole=False)
    told = [line for line in compare_text(whole, thin).splitlines() if line.startswith("!")]
    assert len(told) == 3
    assert "100%" in " ".join(told)
    assert "30%" in " ".join(told)


def test_a_record_of_a_rich_run_holds_what_the_pages_need(tmp_path):
    run = rich()
    found = record_of(run, judge(run), tmp_path)
    assert not found.whole
    assert re.fullmatch("[0-9a-f]{16}", next(iter(found.failed)))
    assert {one.check for one in found.failed.values()} >= {"credentials.missing-refused"}
    assert set(found.answers) == {question.value for question in Question}
    assert len(found.doubted) == 1
    assert read(portfolio_page([found], tmp_path, today=TODAY)).text
