"""The user's program in one take: started, told to do its job, listened to, ended."""

from __future__ import annotations

import http.client
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from verifier.model import Program
from verifier.rehearsing.contained import Bounds, Ending, Lines, Process
from verifier.rehearsing.words import filled

__all__ = ["Actor", "Unready", "free_port"]

LOOKS_EVERY_SECONDS = 0.05
CALL = (
    "import importlib, sys; sys.path.insert(0, ''); "
    "module, _, name = sys.argv[1].partition(':'); found = importlib.import_module(module); "
    "[found := getattr(found, part) for part in name.split('.')]; sys.exit(found())"
)


class Unready(Exception):  # noqa: N818  (a state of the user's program, told in its ending)
    """A program that serves did not begin to."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(str(ending))
        self.ending = ending


@dataclass(slots=True, kw_only=True)
class Actor:
    """
    Plays the program's part.

    Args:
        values: What the words in braces stand for.
        where: Its file, for messages.
    """

    program: Program
    values: Mapping[str, str]
    environment: Mapping[str, str]
    folder: Path
    lines: Lines
    bounds: Bounds
    where: str
    _open: list[Process] = field(default_factory=list)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """
        Serve while the block runs, where it is a program that does.

        Raises:
            Unready: It ended, or did not answer in time.
        """
        if not self.program.serve:
            yield
            return
        process = self._start(self.program.serve)
        try:
            self._await(process)
            yield
        finally:
            process.close()

    def work(self, seconds: float) -> Ending:
        """Do one job, within a time."""
        program = self.program
        if not program.serve:
            return self._ended(self._start(self._command()), seconds)
        if program.trigger.command:
            return self._ended(self._start(program.trigger.command), seconds)
        if program.trigger.url:
            return self._asked(seconds)
        return Ending(seconds=0.0, code=0)

    def stop(self) -> None:
        """End everything at once; from another thread."""
        for process in tuple(self._open):
            process.end("the rehearsal was interrupted")

    def _command(self) -> tuple[str, ...]:
        if self.program.call:
            return (sys.executable, "-c", CALL, self.program.call)
        return self.program.command

    def _start(self, command: tuple[str, ...]) -> Process:
        process = Process(
            [filled(word, self.values, self.where) for word in command],
            folder=self.folder,
            environment=self.environment,
            lines=self.lines,
            bounds=self.bounds,
        )
        self._open.append(process)
        return process

    def _ended(self, process: Process, seconds: float) -> Ending:
        try:
            done = process.wait(seconds)
            return process.close("" if done else f"it ran longer than {seconds:g} s")
        finally:
            process.close("the rehearsal was interrupted")
            self._open.remove(process)

    def _await(self, process: Process) -> None:
        ready = self.program.ready
        until = time.monotonic() + ready.seconds
        url = filled(ready.url, self.values, self.where)
        while time.monotonic() < until and not process.over:
            heard = not ready.log or "ready" in self.lines.heard
            if heard and (not url or 0 < _status("GET", url, 2.0) < 500):
                return
            time.sleep(LOOKS_EVERY_SECONDS)
        raise Unready(process.close(f"it was not ready within {ready.seconds:g} s"))

    def _asked(self, seconds: float) -> Ending:
        began = time.monotonic()
        trigger = self.program.trigger
        status = _status(trigger.method, filled(trigger.url, self.values, self.where), seconds)
        took = time.monotonic() - began
        if status == 0:
            late = took >= seconds - LOOKS_EVERY_SECONDS
            why = f"it gave no answer within {seconds:g} s" if late else "it broke off its answer"
            return Ending(seconds=took, code=None if late else 1, why=why if late else "")
        return Ending(seconds=took, code=0 if status < 400 else 1)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _status(method: str, url: str, seconds: float) -> int:
    """What an address of this machine answers; 0 where it does not."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(
        parts.hostname or "127.0.0.1", parts.port or 80, timeout=seconds
    )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body=b"" if method != "GET" else None)
        answer = connection.getresponse()
        answer.read(1 << 20)
    except (OSError, http.client.HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()
