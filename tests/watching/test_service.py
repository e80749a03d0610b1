"""When the watcher looks, that it says it is alive, and that two never work at once."""

import threading
import time
from collections import Counter

import pytest

from tests.diffing.editing import SMALL
from tests.watching.stage import DAY, Stage, unreachable
from verifier.errors import ConfigError
from verifier.loading import from_mapping
from verifier.model import Watched
from verifier.watching.editions import Edition, Library
from verifier.watching.looks import Look
from verifier.watching.service import LONGEST_SLEEP_SECONDS, Watcher
from verifier.watching.spreading import Threads
from verifier.watching.store import open_store

CONTRACT = from_mapping(SMALL)


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def run_for(stage, watch, days):
    end = stage.clock.time + days * DAY
    watch.run(lambda: stage.clock.time >= end)


def test_a_vendor_is_looked_at_as_often_as_was_asked_for(stage):
    with stage.watcher(heartbeat_days=0) as watch:
        run_for(stage, watch, 1)
    assert stage.asked in (4, 5)


def test_many_vendors_of_one_span_drift_apart(tmp_path):
    clock, asked = Stage(tmp_path).clock, Counter()

    def fetch(document, validators):
        asked[clock.now()] += 1
        contract = from_mapping(SMALL, location=document) if not validators else None
        return Edition(contract=contract, validators={"etag": "1"})

    subjects = [Watched(name=f"v{n}", document=f"v{n}", every_seconds=6000) for n in range(20)]
    with open_store(tmp_path / "s.sqlite") as store:
        look = Look(Library(tmp_path / "editions"), fetch=fetch)
        watch = Watcher(subjects, store=store, spread=Threads(look), channels={}, clock=clock)
        for _ in range(60):
            watch.round()
            clock.time += 300
    rounds = list(asked.values())
    assert rounds[0] == 20
    assert max(rounds[1:]) < 12
    assert 40 < sum(rounds[1:]) < 65


def test_a_machine_that_slept_for_a_week_looks_once_when_it_wakes(stage):
    with stage.watcher() as watch:
        watch.round()
        stage.clock.time += 7 * DAY
        watch.round()
        watch.round()
    assert stage.asked == 2


def test_no_nap_keeps_a_signal_waiting(stage):
    with stage.watcher() as watch:
        run_for(stage, watch, 0.01)
    assert stage.clock.slept
    assert max(stage.clock.slept) <= LONGEST_SLEEP_SECONDS


def test_who_hears_nothing_for_a_week_is_told_that_there_is_nothing(stage):
    with stage.watcher(heartbeat_days=7, heartbeat_channels=("box",)) as watch:
        for _ in range(30):
            watch.round()
            stage.clock.time += DAY / 2
    assert stage.box.kinds == ["no-news", "no-news"]
    assert stage.box.taken[0].title == "No news of 1 vendor in 7 days; the watcher is alive"


def test_every_round_that_went_through_is_pinged_and_no_other(stage):
    with stage.watcher() as watch:
        watch.round()
        stage.clock.time += DAY

        def broken(store, now):
            raise OSError("disk full")

        watch.publish = broken
    assert stage.pings == 1
    with stage.watcher(publish=broken) as watch, pytest.raises(OSError, match="disk full"):
        watch.round()
    assert stage.pings == 1


def test_a_second_watcher_with_the_same_memory_is_refused(stage):
    with stage.watcher() as watch:
        watch.round()
        with (
            pytest.raises(ConfigError, match="another watcher is at work") as caught,
            stage.watcher(),
        ):
            pass
    assert "--state" in caught.value.mend
    with stage.watcher() as watch:
        watch.round()


def test_a_memory_of_a_newer_version_is_left_alone(stage):
    with open_store(stage.folder / "watch.sqlite") as store, store.together():
        store.keep_fact("version", 99)
    with pytest.raises(ConfigError, match="newer verifier"), stage.watcher():
        pass


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "watch.sqlite").write_text("not a database, but long enough to be taken for one")
    with pytest.raises(ConfigError, match=r"cannot be used") as caught, Stage(tmp_path).watcher():
        pass
    assert str(tmp_path / "watch.sqlite") in str(caught.value)


def test_hundreds_are_looked_at_few_at_a_time_and_the_failures_of_some_are_their_own(tmp_path):
    busy, most, lock = [0], [0], threading.Lock()

    def fetch(document, validators):
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.002)
        with lock:
            busy[0] -= 1
        if document.endswith("7"):
            raise unreachable() if document.endswith("17") else ZeroDivisionError(document)
        return Edition(contract=CONTRACT, validators={})

    subjects = [Watched(name=f"v{n}", document=f"v{n}") for n in range(300)]
    with open_store(tmp_path / "s.sqlite") as store:
        look = Look(Library(tmp_path / "editions"), fetch=fetch)
        watch = Watcher(
            subjects, store=store, spread=Threads(look, 6), channels={}, clock=Stage(tmp_path).clock
        )
        done = watch.round(everybody=True)
        known = [s.name for s in subjects if store.vendor(s.name).get("digest")]
    assert (len(done.looked), len(done.failed), len(known)) == (300, 30, 270)
    assert 1 < most[0] <= 6
