"""The watcher of a world, as a process of its own that may be killed at any moment."""

import json
import os
import sys
from pathlib import Path

from tests.watching.world import DAY, START, World
from verifier.model import Watched
from verifier.watching.channels.file import FileChannel
from verifier.watching.editions import Library
from verifier.watching.looks import Look
from verifier.watching.service import Watcher
from verifier.watching.spreading import Threads
from verifier.watching.store import open_store


class Clock:
    """A clock that goes on where it stood when the process was killed."""

    def __init__(self, path):
        self.path = path
        self.time = float(path.read_text()) if path.exists() else START.timestamp()

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.time += seconds
        draft = self.path.with_suffix(".part")
        draft.write_text(str(self.time))
        os.replace(draft, self.path)


class Log:
    """A channel that only adds lines, so that whatever is handed over twice is seen twice."""

    def __init__(self, path):
        self.path = path

    def deliver(self, news):
        line = {
            "id": news.id,
            "vendor": news.vendor,
            "kind": news.kind,
            "noticed": news.noticed,
            "detail": dict(news.detail),
            "title": news.title,
        }
        with self.path.open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


class Moody:
    """A channel that fails for days on end."""

    def __init__(self, inner, clock):
        self.inner = inner
        self.clock = clock

    def deliver(self, news):
        day = int((self.clock.now() - START.timestamp()) / DAY)
        if day % 9 in (3, 4):
            raise ConnectionError("not today")
        self.inner.deliver(news)


def main(folder, vendors, days, seed, every_days):
    folder = Path(folder)
    clock = Clock(folder / "clock")
    world = World(vendors, days, seed, clock)
    subjects = [
        Watched(
            name=name,
            document=f"world:{name}",
            every_seconds=every_days * DAY,
            channels=("log", "files"),
            probe=5,
        )
        for name in world.scripts
    ]
    with open_store(folder / "watch.sqlite") as store:
        watcher = Watcher(
            subjects,
            store=store,
            spread=Threads(
                Look(Library(folder / "editions"), fetch=world.fetch, probe=world.probe), 2
            ),
            channels={
                "log": Log(folder / "log.jsonl"),
                "files": Moody(FileChannel(folder / "files"), clock),
            },
            clock=clock,
            heartbeat_days=7,
            heartbeat_channels=("log",),
        )
        while clock.now() < START.timestamp() + days * DAY:
            watcher.round()
            clock.sleep(DAY / 4)
    (folder / "done").write_text("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
