"""Live answers, certificates and troubles: what of them is news, once."""

import datetime
import pickle
import shutil

import pytest

from tests.diffing.editing import SMALL, edited
from tests.watching.stage import DAY, NEW_YEAR, Stage, unreachable
from verifier.errors import VendorUnreachable
from verifier.model import Certificate, Exchange, Impact, Request, Response
from verifier.watching.editions import Library
from verifier.watching.living import learned
from verifier.watching.looks import Look
from verifier.watching.store import open_store

ITEM = b'{"data":[{"id":"1","name":"a","status":"%s"}]}'
ENDING = edited(("/paths/~1items/get/x-sunset", "2027-01-20"))


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path, probe=5)


def answers(stage, *statuses, item="draft"):
    stage.answers = [
        Exchange(
            id=f"x{number}",
            request=Request(method="GET", path="/items", operation="GET /items"),
            response=Response(
                status=status,
                headers=(("content-type", "application/json"), ("x-total", "1")),
                body=ITEM % item.encode(),
            ),
            started=stage.clock.time + DAY,
        )
        for number, status in enumerate(statuses)
    ]


def test_sound_answers_are_no_news_and_a_new_value_is_told_once(stage):
    for _ in range(5):
        answers(stage, 200, 200)
        assert stage.round() == ()
    answers(stage, 200, item="sold")
    (news,) = stage.round()
    assert stage.round() == ()
    assert (news.kind, news.severity) == ("drift", Impact.WARNING)
    assert news.title == (
        "acme: live answers drifted: GET /items (200): data[].status is 'sold', which the"
        " document does not list"
    )
    assert "first seen on 2027-01-07, 1 of 11 answers" in news.lines[0]
    assert news.detail["drifts"][0]["name"] == "value sold"


def test_answers_are_counted_over_all_looks(stage):
    for _ in range(3):
        answers(stage, 200, 200)
        stage.round()
    with open_store(stage.folder / "watch.sqlite") as store:
        (whole,) = [one for one in store.lessons("acme") if one.trait == "answers"]
    assert (whole.times, whole.first, whole.last) == (6, "2027-01-02", "2027-01-04")


def test_an_end_that_has_passed_is_told_only_while_it_still_answers(stage):
    stage.document = ENDING
    for _ in range(30):
        answers(stage, 200 if stage.clock.time < NEW_YEAR + 18 * DAY else 410)
        stage.round()
    assert "deadline-passed" not in stage.box.kinds


def test_what_stops_before_its_day_is_told_once(stage):
    stage.document = ENDING
    for status in (200, 410, 410, 410, 410):
        answers(stage, status)
        stage.round()
    assert stage.box.kinds == ["deadline-near", "ended-early"]
    title = next(n.title for n in stage.box.taken if n.kind == "ended-early")
    assert title == "acme: GET /items has stopped, though it was to end on 2027-01-20"


def test_what_stops_without_a_word_is_told_as_unannounced(stage):
    for status in (200, 410, 410, 410, 410):
        answers(stage, status)
        stage.round()
    (news,) = stage.box.taken
    assert news.title == "acme: GET /items has stopped, and nothing had announced it"


def test_what_never_answered_has_not_stopped(stage):
    stage.document = ENDING
    for _ in range(6):
        answers(stage, 404)
        stage.round()
    assert "ended-early" not in stage.box.kinds


def test_an_api_that_cannot_be_asked_is_told_at_the_second_time_and_when_it_can(stage):
    stage.answers = VendorUnreachable("no answer in 10 s", where="https://api.acme.test")
    assert stage.round() == ()
    (news,) = stage.round()
    assert news.title == "acme: the API cannot be asked: no answer in 10 s"
    assert stage.round() == ()
    stage.answers = []
    (news,) = stage.round()
    assert news.title == "acme: the API can be asked again, after 72 hours"


def certificate(day, flaw=""):
    return Certificate(host="api.acme.test", ends=datetime.date.fromisoformat(day), flaw=flaw)


def test_a_certificate_is_told_when_it_is_about_to_end_and_not_when_it_was_renewed(stage):
    stage.certificates = [certificate("2027-01-31")]
    for _ in range(20):
        stage.round()
    assert [n.title for n in stage.box.taken] == [
        "acme: certificate api.acme.test ends in 14 days, on 2027-01-31"
    ]
    stage.certificates = [certificate("2027-04-30")]
    for _ in range(30):
        stage.round()
    assert len(stage.box.taken) == 1


def test_a_certificate_that_is_not_trusted_is_told_once(stage):
    stage.certificates = [certificate("2026-12-31", "it has expired")]
    (news,) = stage.round()
    assert news.title == ("acme: the certificate of api.acme.test is not trusted: it has expired")
    assert stage.round() == ()


def test_an_edition_that_was_lost_is_said_and_the_next_one_is_compared_with(stage):
    stage.round()
    shutil.rmtree(stage.folder / "editions")
    stage.document = edited(("/info/title", "Other"))
    (news,) = stage.round()
    assert news.kind == "could-not-check"
    assert "cannot be used" in news.lines[0]
    stage.document = SMALL
    stage.round()
    stage.document = edited(("/paths/~1items/get/parameters/0/required", True))
    assert [n.kind for n in stage.round()] == ["document-changed"]


def test_an_edition_that_was_spoilt_is_kept_anew(stage):
    stage.round()
    (copy,) = stage.folder.glob("editions/acme/*/document.json")
    copy.write_bytes(b"{}")
    assert stage.round() == ()
    stage.document = edited(("/paths/~1items/get/parameters/0/required", True))
    assert [n.kind for n in stage.round()] == ["document-changed"]


def test_what_was_learned_is_shown_with_its_counts_of_today(stage):
    for item in ("draft", "sold", "draft", "sold", "sold"):
        answers(stage, 200, item=item)
        stage.round()
    with open_store(stage.folder / "watch.sqlite") as store:
        ((lesson, of),) = learned("acme", store)
    assert (lesson.path, lesson.trait, lesson.times, of) == ("data[].status", "value sold", 3, 5)
    assert (lesson.first, lesson.last) == ("2027-01-03", "2027-01-06")


def test_what_a_look_found_can_be_sent_from_machine_to_machine(stage):
    answers(stage, 200, 410, item="sold")
    stage.certificates = [certificate("2027-04-30")]
    with stage.watcher():
        pass
    look = Look(
        Library(stage.folder / "editions"), fetch=stage.fetch, probe=stage.probe, packs=True
    )
    found = look(stage.subject, {}, NEW_YEAR)
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert again.parcel
    assert again.seen[0].traits
    stage.document = unreachable()
    lost = look(stage.subject, {}, NEW_YEAR)
    error = pickle.loads(pickle.dumps(lost)).error
    assert (error.says, error.where, error.mend) == (
        lost.error.says, lost.error.where, lost.error.mend
    )  # fmt: skip
