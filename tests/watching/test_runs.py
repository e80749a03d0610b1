"""Recorded runs as a background for drift: each is learned from once, and mocks show nothing."""

import orjson
import pytest

from tests.diffing.editing import SMALL
from tests.watching.stage import NEW_YEAR, Stage
from verifier import loading
from verifier.loading import from_mapping
from verifier.model import Exchange, Plan, Request, Response, RunFacts
from verifier.recording import Recorder
from verifier.watching.store import open_store


def run(folder, name, *values, mode="live", finished=True):
    """A run as an evaluation records it, of plain answers with items in these states."""
    facts = RunFacts(
        id=name, vendor="acme", title="Small", mode=mode, environment="sandbox", seed=0,
        base_url="https://api.acme.test", document="acme", digest="", started=NEW_YEAR,
    )  # fmt: skip
    recorder = Recorder.create(folder / name, facts, Plan(items=(), omitted=()), {})
    loading.pin(from_mapping(SMALL), folder / name / "document")
    for number, value in enumerate(values):
        body = orjson.dumps({"data": [{"id": "1", "name": "a", "status": value}]})
        headers = (("content-type", "application/json"), ("x-total", "1"))
        recorder.exchange(
            Exchange(
                id=f"x{number}",
                request=Request(method="GET", path="/items", operation="GET /items"),
                response=Response(status=200, headers=headers, body=body),
                started=NEW_YEAR,
            )
        )
    if finished:
        recorder.finish(interrupted=False)
        recorder.close()
    return recorder


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path, learn=(str(tmp_path / "reports"), str(tmp_path / "nowhere")))


def whole(stage):
    with open_store(stage.folder / "watch.sqlite") as store:
        return [(one.times, one.first) for one in store.lessons("acme") if one.trait == "answers"]


def test_a_run_is_learned_from_once_with_its_own_day(stage):
    run(stage.folder / "reports", "one", "draft", "listed")
    for _ in range(3):
        assert stage.round() == ()
    assert whole(stage) == [(2, "2027-01-01")]
    run(stage.folder / "reports", "two", "sold", "draft")
    (news,) = stage.round()
    assert news.kind == "drift"
    assert "first seen on 2027-01-01, 1 of 4 answers" in news.lines[0]
    assert stage.round() == ()


def test_a_run_against_a_mock_or_without_an_end_shows_nothing(stage):
    run(stage.folder / "reports", "mock", "sold", mode="mock")
    under_way = run(stage.folder / "reports", "under-way", "sold", finished=False)
    assert stage.round() == ()
    assert whole(stage) == []
    under_way.finish(interrupted=False)
    under_way.close()
    assert [news.kind for news in stage.round()] == ["drift"]


def test_a_damaged_run_is_passed_by(stage):
    home = stage.folder / "reports" / "damaged"
    home.mkdir(parents=True)
    (home / "journal.sqlite").write_bytes(b"no database, but as long as one could be" * 9)
    run(stage.folder / "reports", "sound", "draft")
    assert stage.round() == ()
    assert whole(stage) == [(1, "2027-01-01")]
