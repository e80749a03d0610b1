"""Looks at one vendor's document: what is news, what is none, and what is not believed."""

import copy

import pytest

from tests.diffing.editing import ABSENT, SMALL, edited
from tests.watching.stage import Stage, unreachable
from verifier.model import Impact

BROKEN = edited(("/paths/~1items/get", ABSENT))
HARMLESS = edited(("/components/schemas/Item/properties/colour", {"type": "string"}))
MEMBERS = {"name": "string", "size": "integer", "tags": "array"}
EMPTY = {**SMALL, "paths": {}}


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def test_the_first_look_and_every_look_at_the_same_tell_nothing(stage):
    assert [stage.round() for _ in range(4)] == [()] * 4
    assert stage.box.taken == []


def test_a_breaking_change_is_told_once_with_what_broke(stage):
    stage.round()
    stage.document = BROKEN
    (news,) = stage.round()
    assert stage.round() == ()
    assert (news.kind, news.severity) == ("document-changed", Impact.BREAKING)
    assert news.title == "acme: the document changed: 1 breaking, 1 harmless"
    assert news.lines == ("breaking: GET /items is gone.",)
    assert news.detail["changes"][0]["fingerprint"]
    assert stage.box.taken == [news]


def test_a_change_is_told_with_where_it_is_felt_and_the_same_elsewhere_in_one_line(stage):
    stage.round()
    item = "/components/schemas/Item/properties"
    stage.document = edited(
        ("/paths/~1items/get/parameters/0/schema/maximum", 5),
        *((f"{item}/{name}/type", [kind, "null"]) for name, kind in MEMBERS.items()),
    )
    (news,) = stage.round()
    assert news.lines == (
        "breaking: 'name' in schema Item may now be null. (GET /items and 1 more)"
        " And 2 more like it.",
        "breaking: Query parameter 'limit': the largest value was 99 and is now 5. (GET /items)",
    )


def test_the_same_change_taken_back_and_made_again_is_news_again(stage):
    for document in (SMALL, BROKEN, SMALL, BROKEN):
        stage.document = document
        stage.round()
    first, second = stage.box.taken
    assert first.title == second.title
    assert first.id != second.id


def test_what_is_harmless_is_told_only_to_who_asks_for_it(tmp_path):
    for least, told in (("warning", 0), ("info", 1)):
        stage = Stage(tmp_path / least, least=Impact(least))
        stage.round()
        stage.document = HARMLESS
        assert len(stage.round()) == told


def test_a_single_failure_is_a_hiccup_and_a_second_one_is_news_until_it_recovers(stage):
    stage.round()
    stage.document = unreachable()
    assert stage.round() == ()
    (news,) = stage.round()
    assert news.title == "acme: the document cannot be had: 404: nothing is there"
    assert stage.round() == ()
    stage.document = SMALL
    (news,) = stage.round()
    assert news.title == "acme: the document can be had again, after 72 hours"


@pytest.mark.parametrize(
    ("hours", "says"), [(0.1, "within the hour"), (0.5, "after 1 hour"), (1.1, "after 2 hours")]
)
def test_a_short_outage_is_told_as_short(stage, hours, says):
    stage.round()
    stage.document = unreachable()
    stage.round(after_days=hours / 24)
    stage.round(after_days=hours / 24)
    stage.document = SMALL
    (news,) = stage.round(after_days=hours / 24)
    assert news.title == f"acme: the document can be had again, {says}"


def test_a_change_during_an_outage_is_found_after_it(stage):
    stage.round()
    for document in (unreachable(), unreachable(), BROKEN):
        stage.document = document
        stage.round()
    assert stage.box.kinds == ["unreachable", "recovered", "document-changed"]


def test_an_empty_document_is_not_believed_and_the_earlier_stays_the_one_to_compare_with(stage):
    stage.round()
    stage.document = EMPTY
    (news,) = stage.round()
    assert news.kind == "could-not-check"
    assert "verifier watch --accept acme" in news.lines[1]
    assert stage.round() == ()
    stage.document = SMALL
    assert stage.round() == ()
    stage.document = BROKEN
    assert [news.kind for news in stage.round()] == ["document-changed"]


def test_an_empty_document_that_was_accepted_is_the_vendors_word(stage):
    stage.round()
    stage.document = EMPTY
    stage.round()
    with stage.watcher() as watch:
        watch.accept("acme")
    assert "document-changed" in [news.kind for news in stage.round()]
    assert stage.round() == ()


def test_a_first_document_without_operations_is_told_to_be_none(stage):
    stage.document = EMPTY
    (news,) = stage.round()
    assert news.kind == "could-not-check"
    stage.document = SMALL
    assert stage.round() == ()
    assert stage.round() == ()


def test_what_touches_us_comes_first_and_says_so(tmp_path):
    stage = Stage(tmp_path, used=("POST /items",))
    stage.round()
    stage.document = copy.deepcopy(BROKEN)
    stage.document["paths"]["/items"]["post"]["requestBody"]["required"] = True
    (news,) = stage.round()
    assert "Touches us." in news.lines[0]
    assert "Touches us." not in news.lines[-1]


def test_a_fault_of_ours_at_one_vendor_is_told_as_such_and_stops_nothing(stage, caplog):
    stage.round()
    stage.document = ZeroDivisionError("oh")
    stage.round()
    (news,) = stage.round()
    assert "a fault of ours: ZeroDivisionError: oh" in news.title
    assert "Traceback" in caplog.text


def test_each_edition_is_kept_once_however_often_it_comes(stage):
    for document in (SMALL, BROKEN, SMALL, BROKEN):
        stage.document = document
        stage.round()
    assert len(list((stage.folder / "editions" / "acme").iterdir())) == 2


def test_a_marked_operation_is_news_of_the_document_and_of_the_ledger(stage):
    stage.round()
    stage.document = edited(
        ("/paths/~1items/get/deprecated", True), ("/paths/~1items/get/x-sunset", "2027-06-01")
    )
    news = {item.kind: item for item in stage.round()}
    assert set(news) == {"document-changed", "deadline-named"}
    assert news["deadline-named"].title == "acme: GET /items ends on 2027-06-01"
    stage.document = edited(
        ("/paths/~1items/get/deprecated", True), ("/paths/~1items/get/x-sunset", "2027-05-01")
    )
    assert "earlier than was said (2027-06-01)" in next(
        item.title for item in stage.round() if item.kind == "deadline-earlier"
    )
    stage.document = edited(("/paths/~1items/get/deprecated", True))
    (news,) = [item for item in stage.round() if item.kind != "document-changed"]
    assert news.kind == "deadline-dropped"
    assert news.title.endswith("GET /items was to end on 2027-05-01, and no day is named any more")
    stage.document = SMALL
    assert [item.kind for item in stage.round()] == ["deadline-withdrawn"]


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        ([("deprecated", True), ("x-sunset", "2027-06-01")], "was to end on 2027-06-01"),
        ([("deprecated", True)], "was given up"),
    ],
)
def test_what_was_to_end_and_is_gone_has_ended_and_is_told_so_once(stage, marks, says):
    path = "/paths/~1items~1{id}/delete"
    stage.document = edited(*[(f"{path}/{name}", value) for name, value in marks])
    stage.round()
    stage.document = edited((path, ABSENT))
    told = [item for item in stage.round() if item.kind != "document-changed"]
    assert [(item.kind, item.severity) for item in told] == [("ended", Impact.INFO)]
    assert told[0].title == f"acme: DELETE /items/{{id}} {says}, and is gone"
    assert "deadline-passed" not in [n.kind for _ in range(160) for n in stage.round()]


def test_an_end_escalates_once_a_threshold_even_while_the_vendor_is_away(stage):
    stage.document = edited(("/paths/~1items/get/x-sunset", "2027-06-01"))
    stage.round()
    stage.document = unreachable()
    days = [news.detail.get("threshold") for _ in range(160) for news in stage.round()]
    assert [day for day in days if day] == [90, 30, 7, 1]
    assert stage.box.kinds[-1] == "deadline-passed"


def test_who_slept_through_a_threshold_hears_of_the_nearest_only(stage):
    stage.document = edited(("/paths/~1items/get/x-sunset", "2027-06-01"))
    stage.round()
    (news,) = stage.round(after_days=146)
    assert news.title == "acme: GET /items ends in 4 days, on 2027-06-01"


@pytest.mark.parametrize(
    ("day", "says", "severity"),
    [
        ("2027-01-05", "ends on 2027-01-05, in 2 days", "breaking"),
        ("2027-02-12", "ends on 2027-02-12, in 40 days", "warning"),
        ("2027-12-31", "ends on 2027-12-31", "warning"),
    ],
)
def test_an_end_that_is_named_late_is_told_once_with_how_far_away_it_is(stage, day, says, severity):
    stage.round()
    stage.document = edited(("/paths/~1items/get/x-sunset", day))
    told = [item for item in stage.round() if item.kind != "document-changed"]
    assert [(item.title, item.severity) for item in told] == [
        (f"acme: GET /items {says}", Impact(severity))
    ]


def test_an_end_that_is_named_when_it_has_passed_is_told_as_past(stage):
    stage.round()
    stage.document = edited(("/paths/~1items/get/x-sunset", "2026-12-01"))
    told = {item.kind: item.title for item in stage.round()}
    assert told["deadline-named"] == "acme: GET /items was to end on 2026-12-01"
    assert told["deadline-passed"].endswith("was to end on 2026-12-01, and is still there")


def test_what_is_only_deprecated_is_told_as_that(stage):
    stage.round()
    stage.document = edited(("/paths/~1items/get/deprecated", True))
    assert "deprecated" in [item.kind for item in stage.round()]
