"""Every dialect reads what its vendor writes, and keeps silent about anything else."""

import datetime
import time

import pytest

from verifier.lifecycle import signals_beside, speakers
from verifier.lifecycle.dates import day_of, days_in
from verifier.lifecycle.prose import read
from verifier.model import Confidence

EXAMPLES = [(name, *example) for name, module in speakers().items() for example in module.EXAMPLES]


def told(signals):
    return [(s.milestone.value, s.date.isoformat() if s.date else None) for s in signals]


@pytest.mark.parametrize(("name", "way", "given", "expected"), EXAMPLES)
def test_a_dialect_reads_its_own_examples(name, way, given, expected):
    assert told(getattr(speakers()[name], way)(given)) == expected


@pytest.mark.parametrize("name", speakers())
def test_every_dialect_has_an_example_that_speaks_and_one_that_is_silent(name):
    expected = [found for _, _, found in speakers()[name].EXAMPLES]
    assert [] in expected
    assert any(expected)
    assert len(speakers()[name].__doc__.strip()) > 30


@pytest.mark.parametrize("name", speakers())
@pytest.mark.parametrize("junk", [None, 0, [], "x" * 9000, {"": [None]}, [[["a"]]], True, -1e400])
def test_no_dialect_stumbles_over_what_it_does_not_know(name, junk):
    module = speakers()[name]
    if hasattr(module, "body"):
        list(module.body(junk))
    if hasattr(module, "extensions"):
        keys = {k for _, way, given, _ in EXAMPLES if way == "extensions" for k in given}
        list(module.extensions(dict.fromkeys(keys, junk)))
    if hasattr(module, "headers"):
        names = {k for _, way, given, _ in EXAMPLES if way == "headers" for k in given}
        list(module.headers({name: [str(junk)] for name in names}))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-31", "2026-12-31"),
        ("2026-12-31T23:59:59Z", "2026-12-31"),
        ("Sat, 31 Dec 2026 23:59:59 GMT", "2026-12-31"),
        ("Thursday, 30-Jun-22 11:59:59 GMT", "2022-06-30"),
        ("Sunday, 06-Nov-94 08:49:37 GMT", None),
        ("Thu Jun 30 11:59:59 2022", "2022-06-30"),
        ("2027/03/01", "2027-03-01"),
        ("20270301T120000Z", "2027-03-01"),
        ("2027-0301", None),
        ("@1688169599", "2023-06-30"),
        (1688169599, "2023-06-30"),
        (1688169599000, "2023-06-30"),
        ("June 30th, 2027", "2027-06-30"),
        ("30 June 2027", "2027-06-30"),
        ("June 2027", "2027-06-30"),
        ("December 2026", "2026-12-31"),
        ("2026-13-01", None),
        ("TBD", None),
        ("", None),
        (True, None),
        ("0001-01-01", None),
        ("99999999999999999999", None),
    ],
)
def test_a_day_is_read_in_every_spelling_that_vendors_use(written, day):
    assert (day_of(written) or None) == (datetime.date.fromisoformat(day) if day else None)


def test_a_sentence_may_name_several_days():
    text = "From May 4, 2026 on new apps, from 1 September 2026 on all (see 2027-01-01)."
    assert [d.isoformat() for d in days_in(text)] == ["2026-05-04", "2026-09-01", "2027-01-01"]


@pytest.mark.parametrize(
    "text",
    [
        "Returns deprecated items as well if you ask for them.",
        "The id of the user. Use `email` to look users up.",
        "The sun sets on 2027-01-01.",
        "See https://a.test/2024-07-09-sunsetting-things for more.",
        "Removes the item.",
        "Sunset time for 2027-06-21 at the place.",
        "Version 2024-01-01 will be removed.",
    ],
)
def test_prose_that_speaks_of_something_else_is_no_sign(text):
    assert list(read(text)) == []


def test_prose_is_little_trusted_and_names_what_comes_after():
    text = "Deprecated. This method will be removed on June 30, 2027; use `listThings` instead."
    given_up, stops = read(text)
    assert (given_up.confidence, stops.confidence) == (Confidence.LOW, Confidence.LOW)
    assert stops.date == datetime.date(2027, 6, 30)
    assert given_up.successor == "listThings"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Deprecated since 2024-05-01, will be removed on 2027-05-01.", "2027-05-01"),
        ("API version 2024-01-01 will be removed in June 2027.", "2027-06-30"),
        ("On June 30th, 2027 this will be removed.", "2027-06-30"),
        ("No longer supported since March 2025.", "2025-03-31"),
        ("Was deprecated as of 2024-05-01, and from 2027-05-01 on will be removed.", "2027-05-01"),
    ],
)
def test_of_several_days_in_a_sentence_the_one_counts_on_which_something_stops(text, day):
    assert [s.date.isoformat() for s in read(text) if s.milestone.value == "ends"] == [day]


def test_what_a_stranger_sends_is_read_in_no_time():
    links = dict(speakers())["rfc8288"]
    began = time.process_time()
    for value in ("a" * 60_000, "<a>;" * 15_000, ";a=b" * 15_000, "<" * 60_000 + ";rel=x"):
        assert list(links.headers({"link": [value]})) == []
    assert time.process_time() - began < 0.5


def test_an_extension_with_a_day_says_more_than_the_flag_beside_it():
    marks = {"deprecated": True, "x-github": {"deprecationDate": "2026-05-22"}}
    assert [(name, s.date.year) for name, s in signals_beside(marks)] == [("github", 2026)]
    assert [name for name, _ in signals_beside({"deprecated": True})] == ["flag"]
    assert list(signals_beside({"deprecated": False}, ("A list of items.",))) == []
