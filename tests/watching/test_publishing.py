"""Ends as a calendar and news as a feed, as other people's readers read them."""

import datetime
import xml.etree.ElementTree as Xml

import feedparser
import icalendar
import pytest
from msgspec.structs import replace

from tests.watching.atom import atom_faults
from tests.watching.stage import NEW_YEAR, a_piece
from verifier.model import Deadline, Medium, Milestone
from verifier.watching.calendar import calendar
from verifier.watching.feed import feed

JUNE, MAY = datetime.date(2027, 6, 1), datetime.date(2027, 5, 1)
OURS = "urn:uuid:2c1f6a52-9c2e-4f0c-8a55-0d0f6a0c7a11"
SEEN = datetime.date(2027, 1, 2)
END = Deadline(
    scope="GET /items",
    milestone=Milestone.ENDS,
    date=JUNE,
    medium=Medium.HEADER,
    agreed=True,
    history=((JUNE, Medium.HEADER, SEEN, SEEN),),
    first_seen=SEEN,
    last_seen=SEEN,
    said="It ends; use v2, please.\nThanks",
    link="https://example.test/ends",
)
MOVED = replace(END, date=MAY, history=(*END.history, (MAY, Medium.HEADER, SEEN, SEEN)))


def read(*ledger):
    raw = calendar([("acme", ledger)])
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    parsed = icalendar.Calendar.from_ical(raw)
    assert not parsed.errors
    return [event for event in parsed.walk("VEVENT") if not event.errors]


def test_a_calendar_without_ends_is_a_calendar():
    assert read() == []


def test_an_end_is_a_day_with_its_words_and_alarms():
    (event,) = read(END)
    assert event["summary"] == "acme: GET /items ends"
    assert event.decoded("dtstart") == JUNE
    assert event.decoded("dtend") == JUNE + datetime.timedelta(days=1)
    assert "The vendor's words: It ends; use v2, please.\nThanks" in event["description"]
    assert event["url"] == "https://example.test/ends"
    assert event["status"] == "CONFIRMED"
    alarms = sorted(-alarm["trigger"].dt.days for alarm in event.walk("VALARM"))
    assert alarms == [1, 7, 30, 90, 180]


def test_an_end_that_has_passed_wakes_nobody_and_says_so():
    (event,) = read(replace(END, last_seen=JUNE))
    assert event["summary"] == "acme: GET /items was to end"
    assert event.walk("VALARM") == []


def test_a_moved_end_is_the_same_entry_with_a_higher_sequence():
    (before,), (after,) = read(END), read(MOVED)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("dtstart") == MAY
    assert "Days told so far: 2027-06-01, 2027-05-01" in after["description"]


def test_a_withdrawn_end_is_cancelled_and_alarms_nobody():
    (event,) = read(replace(END, withdrawn=True))
    assert event["status"] == "CANCELLED"
    assert event["sequence"] > 0
    assert not event.walk("VALARM")


def test_a_certificate_is_an_end_that_alarms_only_when_it_should_have_been_renewed():
    (event,) = read(replace(END, scope="certificate api.acme.test", medium=Medium.CERTIFICATE))
    assert event["summary"] == "acme: certificate api.acme.test ends"
    alarms = sorted(-alarm["trigger"].dt.days for alarm in event.walk("VALARM"))
    assert alarms == [1, 7, 14]


def test_two_ends_are_two_entries_and_one_without_a_day_is_none():
    other = replace(END, scope="GET /people")
    events = read(END, other, replace(END, scope="GET /x", date=None))
    assert len({event["uid"] for event in events}) == 2


@pytest.mark.parametrize("said", ["ä" * 200, "😀" * 90, "a\\b;c,d\r\nEND:VCALENDAR", "\x00\x1b[2J"])
def test_whatever_a_vendor_says_stays_within_its_entry(said):
    (event,) = read(replace(END, said=said, scope=f"GET /{said}"))
    assert event.decoded("dtstart") == JUNE
    assert said.replace("\r", "").replace("\x00", "").replace("\x1b", "") in event["description"]


def test_an_entry_never_counts_back_whatever_a_vendor_takes_back():
    later = {"last_seen": SEEN + datetime.timedelta(days=9)}
    both = (MAY, Medium.HEADER, SEEN, SEEN)
    lives = [
        END,
        replace(END, date=MAY, history=(*END.history, both)),
        replace(END, history=(*END.history, both), **later),  # back to the first day
        replace(END, history=(*END.history, both), withdrawn=True, **later),
        replace(END, history=(*END.history, both), last_seen=SEEN + datetime.timedelta(days=10)),
    ]
    counted = [read(life)[0]["sequence"] for life in lives]
    assert counted == sorted(set(counted))


def test_it_is_no_invitation():
    """A published one must name an organizer (RFC 5546, 3.2.1), and nobody organizes an end."""
    assert "method" not in icalendar.Calendar.from_ical(calendar([("acme", (END,))]))


@pytest.mark.parametrize(
    "link",
    [
        "https://x.test/\r\nBEGIN:VEVENT",
        "https://x.test/\nURL:y",
        "javascript:alert(1)",
        "https://x y",
    ],
)
def test_an_address_of_a_vendor_cannot_leave_its_line(link):
    (event,) = read(replace(END, link=link))
    assert "url" not in event


def test_a_feed_obeys_every_rule_of_atom():
    news = [a_piece(n, noticed=NEW_YEAR + n, title=f"<b>&\x00 {n}") for n in range(3, 0, -1)]
    for told in (news, [], [a_piece(1, lines=())]):
        assert atom_faults(feed(told, NEW_YEAR, OURS)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        (b"urn:uuid:2c1f", b"urn:uuid:2c1", "is no absolute IRI"),
        (b"urn:uuid:2c1f", b"2c1f", "is no absolute IRI"),
        (b"T00:00:01+00:00", b" 00:00:01", "no date of RFC 3339"),
        (b"<author><name>vendor-verifier</name></author>", b"", "nobody is its author"),
        (b"<name>vendor-verifier</name>", b"", "an author has no name"),
        (b'term="acme"', b'term=""', "a category has no term"),
        (b"<title>What is new at our vendors</title>", b"", "feed has 0 title"),
        (b"</feed>", b"<news/></feed>", "news is no element of Atom"),
        (b'type="text">', b'type="text"><b/>', "holds elements"),
        (b"</feed>", b"", "no well-formed XML"),
    ],
)
def test_a_feed_that_broke_a_rule_would_be_found(was, becomes, fault):
    raw = feed([a_piece(1, noticed=NEW_YEAR + 1)], NEW_YEAR, OURS)
    assert was in raw
    assert any(fault in one for one in atom_faults(raw.replace(was, becomes)))


def test_a_feed_is_read_without_complaint_latest_first_with_lasting_ids():
    news = [a_piece(2, noticed=NEW_YEAR + 60), a_piece(1)]
    parsed = feedparser.parse(feed(news, NEW_YEAR, OURS))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [entry.title for entry in parsed.entries] == [item.title for item in news]
    again = feedparser.parse(feed([a_piece(1)], NEW_YEAR, OURS))
    assert parsed.entries[1].id == again.entries[0].id
    assert parsed.feed.id
    assert parsed.feed.updated == "2027-01-01T00:01:00+00:00"
    assert {tag.term for tag in parsed.entries[0].tags} == {"acme", "document-changed", "breaking"}


def test_an_empty_feed_is_a_feed():
    parsed = feedparser.parse(feed([], NEW_YEAR, OURS))
    assert not parsed.bozo
    assert parsed.entries == []


def test_what_xml_cannot_hold_is_replaced():
    raw = feed([a_piece(1, title="a\x00b\x1b<script>&amp;\ufffe", lines=("]]>",))], NEW_YEAR, OURS)
    Xml.fromstring(raw)
    assert feedparser.parse(raw).entries[0].title == "a�b�<script>&amp;�"
