"""Documents change, days pass, the watcher is killed: each piece of news is told once, in time."""

import pytest

from tests.watching.living import judged, live_through

SMALL = {"vendors": 5, "days": 60, "every_days": 1.0}
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def lived(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("year")
    killed, _ = live_through(folder, **SMALL, seed=request.param, kills=2)
    return folder, killed, judged(folder, **SMALL, seed=request.param)


def test_every_piece_of_news_is_told_in_time_none_is_lost_and_none_invented(lived):
    _, _, found = lived
    assert found["told"] > 15
    assert found["lost"] == []
    assert found["late"] == []
    assert found["invented"] == []


def test_what_is_handed_over_twice_after_a_kill_has_one_id_and_is_one_file(lived):
    folder, killed, found = lived
    assert killed > 0
    assert len(found["twice"]) <= killed
    files = [path.name for path in (folder / "files").glob("*.md")]
    assert len(files) == len(set(files))
