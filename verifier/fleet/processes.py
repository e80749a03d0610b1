"""Runs of many vendors from this machine: a few processes at a time."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from verifier.fleet.parties import Brought, Party

__all__ = ["Processes", "carried_out"]

SINGLE = [sys.executable, "-m", "verifier.fleet.single"]
DIED = "its process died ({code}); nothing is known of the run"
Started = Callable[[subprocess.Popen[str]], None]


class Processes:
    """
    Carries out orders in processes of this machine.

    Args:
        at_once: How many at a time.
    """

    def __init__(self, at_once: int = 4) -> None:
        self._at_once = at_once
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def __call__(self, parties: Sequence[Party]) -> Iterator[Brought]:
        """What came of each, as it comes; on Ctrl-C all are ended gently, and waited for."""
        with ThreadPoolExecutor(max_workers=max(1, min(self._at_once, len(parties)))) as pool:
            waiting = {pool.submit(self._one, party) for party in parties}
            try:
                for future in as_completed(tuple(waiting)):
                    waiting.discard(future)
                    yield future.result()
            except KeyboardInterrupt:
                self._stop()
                yield from (future.result() for future in waiting)
                raise
            finally:
                self._stop()

    def _one(self, party: Party) -> Brought:
        if self._stopped:
            return Brought(party.name, says="interrupted before it began", code=130)
        return carried_out(party, started=self._started)

    def _started(self, process: subprocess.Popen[str]) -> None:
        with self._lock:
            self._running.add(process)

    def _stop(self) -> None:
        """Let go of the processes: each then ends as on Ctrl-C, and cleans up."""
        self._stopped = True
        with self._lock:
            for process in self._running:
                with contextlib.suppress(OSError, ValueError):
                    process.stdin.close() if process.stdin else None


def carried_out(
    party: Party, *, where: Path | None = None, started: Started = lambda process: None
) -> Brought:
    """
    One order, carried out in a process of its own.

    Args:
        where: The folder in which it works; None is ours.
        started: Told of the process.
    """
    process = subprocess.Popen(  # noqa: S603  (ourselves)
        SINGLE,
        cwd=where,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # a Ctrl-C on the terminal is passed on by us, once
    )
    started(process)
    with process:
        said = _told(process, party)
    code = process.returncode
    try:
        found = json.loads(said)
    except ValueError:
        return Brought(party.name, says=DIED.format(code=code), code=5)
    return Brought(
        party.name,
        folder=found.get("folder", ""),
        says=found.get("says", ""),
        notes=tuple(found.get("notes", ())),
        code=found.get("code", 0),
    )


def _told(process: subprocess.Popen[str], party: Party) -> str:
    """What it says at its end; its input stays open until then."""
    with contextlib.suppress(OSError, ValueError):
        if process.stdin is not None:
            process.stdin.write(json.dumps(party.order.as_data()) + "\n")
            process.stdin.flush()
    return process.stdout.read() if process.stdout is not None else ""
