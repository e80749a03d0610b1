"""The user's program in one take: started, told to do its job, listened to, ended."""

from __future__ import annotations

import random
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.model import Program
from verifier.rehearsing.asking import ask
from verifier.rehearsing.contained import Bounds, Ending, Lines, Process
from verifier.rehearsing.pulse import Patience, Pulse
from verifier.rehearsing.words import filled

__all__ = ["Actor", "Unready", "free_port"]

LOOKS_EVERY_SECONDS = 0.05
LOOKS_WITHIN_SECONDS = 2.0
PORTS = range(20_000, 32_000)
_given: deque[int] = deque(maxlen=2000)
INTERRUPTED = "the rehearsal was interrupted"
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


class Actor(Struct, kw_only=True):
    """
    Plays the program's part.

    Args:
        values: What the words in braces stand for.
        where: Its file, for messages.
        pulse: By which its time is measured.
    """

    program: Program
    values: Mapping[str, str]
    environment: Mapping[str, str]
    folder: Path
    lines: Lines
    bounds: Bounds
    where: str
    pulse: Pulse = field(default_factory=Pulse)
    _open: list[Process] = field(default_factory=list)
    _stopped: bool = False

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
        """Do one job, within a time of which the machine holds up nothing."""
        program = self.program
        if not program.serve:
            return self._ended(self._start(self._command()), self.pulse.patience(seconds))
        if program.trigger.command:
            process = self._start(program.trigger.command)
            return self._ended(process, self.pulse.patience(seconds))
        if program.trigger.url:
            return self._asked(self.pulse.patience(seconds))
        return Ending(seconds=0.0, code=0)

    def stop(self) -> None:
        """End everything at once, and whatever is being started; from another thread."""
        self._stopped = True
        for process in tuple(self._open):
            process.end(INTERRUPTED)

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
        if self._stopped:
            process.end(INTERRUPTED)
        return process

    def _ended(self, process: Process, patience: Patience) -> Ending:
        try:
            if process.wait(patience.left, more=lambda: patience.left):
                return process.close()
            starved = patience.starved
            why = f"it ran longer than {patience.seconds:g} s"
            return replace(process.close(why), starved=starved)
        finally:
            process.close(INTERRUPTED)
            self._open.remove(process)

    def _await(self, process: Process) -> None:
        ready = self.program.ready
        patience = self.pulse.patience(ready.seconds)
        url = filled(ready.url, self.values, self.where)
        while patience.left > 0 and not process.over:
            heard = not ready.log or "ready" in self.lines.heard
            if heard and (not url or self._answers(url)):
                return
            time.sleep(LOOKS_EVERY_SECONDS)
        raise Unready(process.close(f"it was not ready within {ready.seconds:g} s"))

    def _answers(self, url: str) -> bool:
        return 0 < ask("GET", url, self.pulse.patience(LOOKS_WITHIN_SECONDS)).status < 500

    def _asked(self, patience: Patience) -> Ending:
        trigger = self.program.trigger
        reply = ask(trigger.method, filled(trigger.url, self.values, self.where), patience)
        took = patience.took
        if reply.late:
            why = f"it gave no answer within {patience.seconds:g} s"
            return Ending(seconds=took, code=None, why=why, starved=patience.starved)
        return Ending(seconds=took, code=0 if 0 < reply.status < 400 else 1)


def free_port() -> int:
    """
    A port of this machine on which nobody listens, and which nobody else is given meanwhile.

    None that the system gives to whoever connects: the program takes it only a while later.
    """
    while True:
        port = random.choice(PORTS)  # noqa: S311  (no secret)
        if port in _given:
            continue
        try:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        _given.append(port)
        return port
