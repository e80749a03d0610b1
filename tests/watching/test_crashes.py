"""The watcher dies at every statement that it makes, one after the other; nothing is lost by it."""

import shutil
from collections import Counter
from contextlib import contextmanager

from tests.diffing.editing import ABSENT, edited
from tests.watching.stage import DAY, Stage
from verifier.databases import sqlite
from verifier.watching.editions import Library
from verifier.watching.looks import Look
from verifier.watching.service import Watcher
from verifier.watching.spreading import Threads
from verifier.watching.store import Store

# A look at which a document changes, an end is named, and another one comes near.
CHANGED = edited(
    ("/paths/~1items/get", ABSENT),
    ("/paths/~1items/post/deprecated", True),
    ("/paths/~1items/post/x-sunset", "2027-01-20"),
)


class Killed(BaseException):
    """As if the process were no more."""


class Mortal:
    """A database whose process dies at a statement."""

    blob, real, number, shared = "BLOB", "REAL", "INTEGER PRIMARY KEY", False

    def __init__(self, database, left):
        self.database = database
        self.left = left

    def _step(self):
        self.left -= 1
        if self.left < 0:
            raise Killed

    def do(self, sql, **values):
        self._step()
        return self.database.do(sql, **values)

    def many(self, sql, values):
        self._step()
        return self.database.many(sql, values)

    @contextmanager
    def together(self):
        with self.database.together():
            yield
            self._step()  # all was written, and nothing of it counts


def lived(stage, left):
    """A round of a process that dies after so many statements; whether it came to its end."""
    try:
        with sqlite.opened(stage.folder / "watch.sqlite") as database:
            mortal = Mortal(database, left)
            store = Store(mortal)
            store.prepare("here")
            look = Look(Library(stage.folder / "editions"), fetch=stage.fetch)
            Watcher(
                [stage.subject],
                store=store,
                spread=Threads(look),
                channels={"box": stage.box},
                clock=stage.clock,
            ).round(everybody=True)
    except Killed:
        return False
    return True


def test_wherever_it_dies_the_next_one_tells_the_same_news_and_no_other(tmp_path):
    Stage(tmp_path / "first").round()
    whole, died = None, True
    for left in range(400):
        shutil.copytree(tmp_path / "first", tmp_path / str(left))
        stage = Stage(tmp_path / str(left))
        stage.document = CHANGED
        stage.clock.time += 2 * DAY
        died = not lived(stage, left)
        assert lived(stage, 10_000)
        ids = Counter(news.id for news in stage.box.taken)
        whole = whole or set(ids)
        assert set(ids) == whole
        assert max(ids.values()) <= 1 + died
        if not died:
            break
    assert not died
    assert left > 40
    assert len(whole) == 2
