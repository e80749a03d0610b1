"""The history: every run once, in a file or in any database, shared by several processes."""

import sqlite3
import tempfile
import threading
from pathlib import Path

import pytest

from tests.runs.records import failed, record
from tests.watching.servers import postgres
from verifier.errors import ConfigError
from verifier.model import Record, Since
from verifier.runs.history import open_history


@pytest.fixture(params=["file", "sqlalchemy"])
def place(request, tmp_path):
    path = tmp_path / "deep" / "history.sqlite"
    if request.param == "file":
        return path
    path.parent.mkdir()
    return f"sqlite+pysqlite:///{path}"


def test_a_run_comes_back_as_it_was_kept(place):
    kept = record(title="Acme")
    with open_history(place) as history:
        history.keep(kept)
    with open_history(place) as history:
        assert history.records() == [kept]


def test_the_same_run_is_remembered_once_as_it_was_judged_last(place):
    with open_history(place) as history:
        history.keep(record())
        history.keep(record(letter="B"))
        assert [one.letter for one in history.records()] == ["B"]


def test_what_came_before_is_of_the_same_vendor_and_mode_and_whole(place):
    now = record("now", 9.0)
    others = [
        record("early", 1.0),
        record("other", 2.0, vendor="globex"),
        record("mock", 3.0, mode="mock"),
        record("part", 4.0, whole=False),
        record("late", 5.0),
        record("after", 10.0),
    ]
    with open_history(place) as history:
        for one in (*others, now):
            history.keep(one)
        assert [one.run for one in history.before(now)] == ["early", "late"]
        assert [one.run for one in history.records("globex")] == ["other"]


def test_half_characters_and_nul_of_a_hostile_title_are_kept_as_text(place):
    with open_history(place) as history:
        history.keep(record())
        assert history.records()[0].title.startswith("Acme ")


def test_a_member_of_a_later_version_is_passed_over():
    data = record(title="Acme").as_data() | {"invented": 1}
    assert Record.from_data(data) == record(title="Acme")


def test_several_processes_write_at_once_and_none_is_lost(tmp_path):
    place = tmp_path / "history.sqlite"

    def write(name):
        for number in range(5):
            with open_history(place) as history:
                history.keep(record(f"{name}-{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_history(place) as history:
        assert len(history.records()) == 15


def test_what_is_no_history_is_one_message(tmp_path):
    path = tmp_path / "history.sqlite"
    path.write_text("not a database, but a text of some length " * 40)
    with pytest.raises((ConfigError, sqlite3.DatabaseError)) as caught, open_history(path):
        pass
    assert isinstance(caught.value, ConfigError)


def test_a_password_in_an_address_is_not_repeated():
    address = "postgresql+psycopg://ada:s3cret@127.0.0.1:1/none?connect_timeout=1"
    with pytest.raises(ConfigError) as caught, open_history(address):
        pass
    assert "s3cret" not in str(caught.value)


def test_since_tells_new_fixed_and_what_cannot_be_told():
    before = record(
        failed={"1": failed(), "2": failed(), "3": failed("contract.gone"), "4": failed()},
        checks=("contract.a", "contract.gone"),
    )
    now = record(
        failed={"1": failed(), "5": failed()}, doubted=("4",), checks=("contract.a", "contract.b")
    )
    since = Since.between(before, now)
    assert len(since.new) == 1
    assert (len(since.fixed), since.still, len(since.flaky)) == (1, 1, 1)
    assert since.lost == ("contract.gone",)


def test_since_the_same_run_nothing_changed():
    since = Since.between(record(), record())
    assert (since.new, since.fixed, since.flaky, since.lost, since.still) == ((), (), (), (), 1)


def test_a_team_shares_its_history_in_postgresql():
    # The path of a socket has at most some hundred characters.
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as address:
        with open_history(address) as one, open_history(address) as other:
            one.keep(record(title="Acme"))
            other.keep(record("r2", 2.0, title="Acme", letter="B"))
            assert [kept.run for kept in one.records("acme")] == ["r1", "r2"]
            assert [kept.run for kept in other.before(record("r3", 3.0))] == ["r1", "r2"]
        with open_history(address) as again:
            again.keep(record("r2", 2.0, title="Acme", letter="C"))
            assert [kept.letter for kept in again.records()] == ["A", "C"]
