"""One deadline a scope: the most trustworthy word counts, and no day that was told is forgotten."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.diffing.editing import SMALL, edited
from verifier.lifecycle import (
    Beat,
    brownouts,
    deadlines,
    echoed,
    is_over,
    is_zombie,
    notice,
    of_calendar,
    of_document,
    of_exchange,
)
from verifier.loading import from_mapping
from verifier.model import Exchange, Medium, Milestone, Request, Response, Sighting, Signal

JAN, JUN, DEC = (datetime.date(2027, m, 1) for m in (1, 6, 12))
DAY = datetime.date(2026, 11, 1)


def saw(date, medium, seen=DAY, scope="GET /items", milestone=Milestone.ENDS):
    signal = Signal(milestone=milestone, date=date)
    return Sighting(scope=scope, signal=signal, medium=medium, dialect="x", seen=seen)


def test_nothing_that_was_said_is_no_deadline():
    assert deadlines([]) == ()


def test_a_header_goes_before_the_document_and_both_are_kept():
    (found,) = deadlines([saw(DEC, Medium.DOCUMENT), saw(JUN, Medium.HEADER)])
    assert (found.date, found.medium, found.agreed) == (JUN, Medium.HEADER, False)
    assert {day for day, _, _, _ in found.history} == {DEC, JUN}


def test_the_latest_word_of_a_medium_counts_and_the_moves_are_counted():
    later = DAY + datetime.timedelta(days=30)
    found = deadlines([saw(JUN, Medium.HEADER, later), saw(JAN, Medium.HEADER)])[0]
    assert (found.date, found.moves, found.agreed) == (JUN, 1, True)
    assert found.first_seen == DAY
    assert found.last_seen == later


def test_of_two_days_said_at_once_the_earlier_is_the_one_to_be_ready_for():
    found = deadlines([saw(DEC, Medium.HEADER), saw(JUN, Medium.HEADER)])[0]
    assert (found.date, found.agreed) == (JUN, False)


def test_a_day_goes_before_a_word_without_one_even_if_prose_names_it():
    found = deadlines([saw(None, Medium.HEADER), saw(JUN, Medium.PROSE)])[0]
    assert (found.date, found.medium) == (JUN, Medium.PROSE)


def test_what_is_no_longer_said_is_withdrawn_and_keeps_its_last_day():
    seen = [saw(JUN, Medium.DOCUMENT)]
    found = deadlines(seen, {Medium.DOCUMENT: DAY + datetime.timedelta(days=7)})[0]
    assert found.withdrawn
    assert found.date == JUN
    assert not deadlines(seen, {Medium.DOCUMENT: DAY})[0].withdrawn
    assert not deadlines(seen, {Medium.HEADER: DAY + datetime.timedelta(days=7)})[0].withdrawn


SIGHTINGS = st.lists(
    st.builds(
        saw,
        st.one_of(st.none(), st.sampled_from([JAN, JUN, DEC])),
        st.sampled_from(list(Medium)),
        st.dates(DAY, JAN),
        st.sampled_from(["a", "b"]),
        st.sampled_from(list(Milestone)),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(SIGHTINGS, st.randoms())
def test_the_order_in_which_things_are_heard_changes_nothing(seen, random):
    again = list(seen)
    random.shuffle(again)
    assert [(d.scope, d.milestone, d.date, d.medium) for d in deadlines(again)] == [
        (d.scope, d.milestone, d.date, d.medium) for d in deadlines(seen)
    ]


@given(SIGHTINGS)
def test_every_day_that_was_ever_told_is_in_the_history(seen):
    kept = {(d.scope, d.milestone, day) for d in deadlines(seen) for day, _, _, _ in d.history}
    assert kept == {(s.scope, s.signal.milestone, s.signal.date) for s in seen}


def answered(status=200, headers=(), body=b"", request=()):
    return Exchange(
        id="x1",
        request=Request(method="GET", path="/items", operation="GET /items", headers=request),
        response=Response(status=status, headers=tuple(headers), body=body),
        started=datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC).timestamp(),
    )


def test_an_ordinary_answer_is_no_sign():
    body = b'{"items": [], "warning": "x"}'
    headers = [("Content-Type", "application/json"), ("Link", '<a>; rel="next"')]
    assert list(of_exchange(answered(headers=headers, body=body))) == []


def test_headers_bodies_and_a_410_are_read_with_their_evidence():
    headers = [("Deprecation", "@1688169599"), ("Sunset", "Tue, 01 Jun 2027 00:00:00 GMT")]
    found = list(of_exchange(answered(headers=headers)))
    assert {(s.signal.milestone, s.medium, s.evidence) for s in found} == {
        (Milestone.DEPRECATED, Medium.HEADER, "x1"),
        (Milestone.ENDS, Medium.HEADER, "x1"),
    }
    stray = replace(answered(headers=headers), request=Request(method="GET", path="/"))
    assert list(of_exchange(stray)) == []
    (gone,) = of_exchange(answered(status=410))
    assert (gone.medium, gone.signal.date) == (Medium.STATUS, DAY)


def test_a_version_that_fell_forward_is_seen():
    asked, told = [("X-Shopify-API-Version", "2024-01")], [("X-Shopify-API-Version", "2024-04")]
    assert echoed(answered(headers=told, request=tuple(asked))) == ("2024-01", "2024-04")
    assert echoed(answered(headers=asked, request=tuple(asked))) is None
    assert echoed(answered(headers=told)) is None


def test_a_document_says_what_ends_and_where():
    document = edited(
        ("/paths/~1items/get/x-sunset", "2027-06-01"),
        ("/paths/~1items/get/parameters/0/deprecated", True),
        ("/components/schemas/Item/properties/size/deprecated", True),
        ("/components/securitySchemes/key/description", "Deprecated, use OAuth."),
    )
    found = {s.scope for s in of_document(from_mapping(document), DAY)}
    assert found == {
        "GET /items",
        "GET /items query limit",
        "GET /items/{id}",
        "Item.size",
        "credential key",
    }


def beats(*statuses, start=datetime.datetime(2027, 5, 20, tzinfo=datetime.UTC)):
    return [Beat(start + datetime.timedelta(hours=6 * i), s) for i, s in enumerate(statuses)]


def test_two_bursts_of_refusals_near_the_day_are_a_brownout_and_one_may_be_an_outage():
    (deadline,) = deadlines([saw(JUN, Medium.HEADER)])
    assert brownouts(beats(200, 410, 410, 200, 200, 503, 200), deadline)
    assert not brownouts(beats(200, 410, 410, 200, 200), deadline)
    assert not brownouts(beats(200, 200, 200), deadline)
    far = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    assert not brownouts(beats(200, 410, 200, 410, 200, start=far), deadline)


def test_what_lives_on_after_its_day_is_a_zombie_and_what_stops_is_over():
    (deadline,) = deadlines([saw(JUN, Medium.HEADER)])
    after = JUN + datetime.timedelta(days=10)
    late = datetime.datetime(2027, 6, 5, tzinfo=datetime.UTC)
    assert is_zombie(deadline, after, beats(200, start=late))
    assert not is_zombie(deadline, JUN, beats(200, start=late))
    assert not is_zombie(deadline, after, beats(410, 410, 410, start=late))
    assert is_over(beats(200, 410, 410, 410))
    assert not is_over(beats(410, 410, 200))


def test_a_calendar_says_when_a_version_ends_by_name_or_by_rule():
    calendar = {
        "rule": {"supported_months": 12},
        "versions": {"2026-10": {}, "2024-01": {"released": "2024-01-01", "sunset": "2025-02-01"}},
    }
    found = {s.scope: s.signal.date.isoformat() for s in of_calendar(calendar, DAY)}
    assert found == {"version 2026-10": "2027-10-01", "version 2024-01": "2025-02-01"}


GET = "/paths/~1items/get"


def editions(*documents):
    return [
        (datetime.date(2026, 1, 1) + datetime.timedelta(days=100 * i), from_mapping(d))
        for i, d in enumerate(documents)
    ]


def without(document, *methods):
    paths = {
        p: {m: o for m, o in i.items() if m not in methods} for p, i in document["paths"].items()
    }
    return {**document, "paths": paths}


def test_no_removal_is_no_score():
    found = notice(editions(SMALL, SMALL))
    assert found.score is None
    assert found.removals == ()


def test_a_removal_that_nothing_announced_scores_nothing_for_it():
    found = notice(editions(SMALL, without(SMALL, "post")))
    assert (found.unannounced, found.score) == (1, 20)


def test_a_removal_that_was_announced_in_time_and_on_the_day_has_full_marks():
    marked = edited(
        ("/paths/~1items/post/x-sunset", "2026-07-10"), ("/paths/~1items/post/deprecated", True)
    )
    found = notice(editions(marked, marked, without(SMALL, "post")))
    assert found.removals[0].days == 200
    assert found.score == 100


def test_a_day_that_moved_and_an_end_before_it_cost_points():
    first = edited(("/paths/~1items/post/x-sunset", "2027-07-10"))
    second = edited(("/paths/~1items/post/x-sunset", "2027-01-10"))
    found = notice(editions(first, second, without(SMALL, "post")))
    assert found.removals[0].early
    assert len(found.moved) == 1
    assert found.score == 80


def test_what_is_still_published_after_its_day_lingers():
    marked = edited(("/paths/~1items/post/x-sunset", "2026-02-01"))
    assert notice(editions(marked, marked)).lingering == ("POST /items",)
