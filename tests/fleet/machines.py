"""A Dask cluster of real processes on this machine."""

import json
import subprocess
import sys
import time

from tests.places import ROOT

__all__ = ["Machines", "until"]

QUIET = ["--no-dashboard"]


def dask(program, *arguments, cwd):
    code = f"from distributed.cli.dask_{program} import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Machines:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(exist_ok=True)
        note = folder / "scheduler.json"
        self.scheduler = dask(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", note,
            *QUIET, cwd=folder,
        )  # fmt: skip
        until(note.exists)
        until(lambda: note.read_text().endswith("}"))
        self.address = json.loads(note.read_text())["address"]
        self.workers = [self.started() for _ in range(2)]

    def started(self):
        flags = ["--nthreads", "1", "--no-nanny", *QUIET, "--local-directory", self.folder]
        return dask("worker", self.address, *flags, cwd=self.folder)

    def end(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
