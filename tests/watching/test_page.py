"""The page of all vendors: the nearest end first, how each stands, and nothing that runs."""

import base64
import datetime
import hashlib
import re

import pytest
from msgspec.structs import replace

from tests.watching.stage import DAY, NEW_YEAR, a_piece
from tests.watching.test_publishing import END
from verifier.model import Watched
from verifier.watching.page import MOST_ENDS, page

ACME = Watched(name="acme", document="acme.json")
KNOWN = {"digest": "d", "checked": NEW_YEAR, "operations": ["GET /items"], "revision": 2}


def read(*ends, state=KNOWN, news=(), now=NEW_YEAR, subjects=(ACME,)):
    return page(subjects, {"acme": state}, {"acme": ends}, news, now).decode()


def ending(day, scope="GET /items"):
    return replace(END, date=datetime.date.fromisoformat(day), scope=scope)


def test_without_an_end_it_says_so_and_draws_nothing():
    text = read()
    assert "No end has been named" in text
    assert "<svg" not in text
    assert "Nothing yet." in text


def test_the_nearest_end_to_come_is_the_headline():
    text = read(ending("2027-03-01"), ending("2026-12-01", "GET /old"), ending("2027-01-13", "x"))
    assert '<p class="ruling">acme: x ends in 12 days</p>' in text
    assert "the next of 2 ends" in text
    days = re.findall(r"<td>(\d{4}-\d\d-\d\d)</td>", text)
    assert days[:3] == ["2027-01-13", "2027-03-01", "2026-12-01"]
    assert "; 1 has passed" in text
    places = [float(x) for x in re.findall(r'cx="([\d.]+)"', text)]
    assert places[2] < places[0] < places[1]
    tones = re.findall(r'circle class="(\w+)"', text)
    assert tones == ["breaking", "warning", "info"]


def test_what_lives_on_after_its_day_does_not_push_out_what_is_to_come():
    old = [ending(f"2026-{month:02}-01", f"GET /old{month}") for month in range(1, 13)] * 4
    text = read(*old, ending("2027-01-13", "GET /x"), ending("2027-03-01", "GET /y"))
    days = re.findall(r"<td>(\d{4}-\d\d-\d\d)</td>", text)
    assert days[:2] == ["2027-01-13", "2027-03-01"]
    assert len(days) < 20
    assert "48 have passed" in text


def test_where_all_ends_have_passed_that_is_the_headline():
    text = read(ending("2026-12-01"), ending("2026-12-02", "GET /old"))
    assert "2 ends have passed, and no further one is named" in text
    assert "No end has been named" not in text


def test_an_end_that_was_withdrawn_is_not_drawn():
    assert "<svg" not in read(replace(END, withdrawn=True))


def test_of_very_many_ends_the_nearest_are_shown():
    text = read(*[ending("2027-02-01", f"GET /{n:03}") for n in range(200)])
    assert text.count("<circle") == MOST_ENDS


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({}, "not looked at yet"),
        (KNOWN, "as known"),
        ({**KNOWN, "doubted": "x"}, "cannot be believed"),
        (
            {**KNOWN, "failing": {"document": {"count": 2, "since": NEW_YEAR}}},
            "cannot be had since 2027-01-01",
        ),
        ({**KNOWN, "failing": {"api": {"count": 3, "since": NEW_YEAR}}}, "cannot be asked: api"),
        ({**KNOWN, "failing": {"document": {"count": 1, "since": NEW_YEAR}}}, "as known"),
    ],
)
def test_how_a_vendor_stands_is_said_in_words(state, says):
    assert says in read(state=state)


def test_a_vendor_that_was_not_looked_at_for_long_is_overdue():
    assert "overdue" not in read(now=NEW_YEAR + DAY / 2)
    assert "overdue" in read(now=NEW_YEAR + DAY)


def test_nothing_that_a_vendor_wrote_can_run_or_turn_the_text_round():
    evil = '</title><script>alert(1)</script>"\u202e'
    news = [a_piece(1, title=evil, lines=(evil,), vendor=evil)]
    text = read(ending("2027-03-01", evil), news=news, subjects=(replace(ACME, document=evil),))
    assert "<script" not in text
    assert "\u202e" not in text
    style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text
