"""Documents change, days pass, the watcher is killed: each piece of news is told once, in time."""

import pytest

from tests.watching.living import judged, live_through

SMALL = {"vendors": 4, "days": 120, "seed": 5, "every_days": 1.0}


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("year")
    killed, _ = live_through(folder, **SMALL, kills=3)
    return folder, killed


def test_every_piece_of_news_is_told_in_time_none_is_lost_and_none_invented(lived):
    folder, _ = lived
    found = judged(folder, **SMALL)
    assert found["told"] > 25
    assert found["lost"] == []
    assert found["late"] == []
    assert found["invented"] == []


def test_what_is_handed_over_twice_after_a_kill_has_one_id_and_is_one_file(lived):
    folder, killed = lived
    found = judged(folder, **SMALL)
    assert killed > 0
    assert len(found["twice"]) <= killed
    files = [path.name for path in (folder / "files").glob("*.md")]
    assert len(files) == len(set(files))
