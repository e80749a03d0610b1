"""The command as a process of its own, and the vendors that it is sent to."""

import asyncio
import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass

from tests.places import ROOT
from verifier import loading
from verifier.cli import main
from verifier.mocking import MockVendor
from verifier.wire import Answer, serve_in_thread

__all__ = [
    "SAMPLE",
    "SECRET",
    "Ended",
    "Vendor",
    "ended",
    "hearing",
    "inside",
    "run",
    "start",
    "vendor",
]

SAMPLE = str(ROOT / "specs" / "acme-billing" / "openapi.yaml")
SECRET = "canary-5ecret-0123456789"
PROGRAM = "from verifier.cli import main; main()"
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def said(self):
        return self.out + self.err


def start(*arguments, cwd, ignoring=(), **environment):
    """The command under way, deaf to some signals; wait for it, or end it, with ``ended``."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TOKEN": SECRET,
            "NO_COLOR": "1",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: hearing(ignoring),
    )


def hearing(ignoring=()):
    """In a child: be deaf to these signals alone, whatever whoever runs the tests ignores."""
    for one in (signal.SIGINT, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)
    for one in ignoring:
        signal.signal(one, signal.SIG_IGN)


def inside(*arguments, cwd):
    """The same in this process: for what no process of its own has to prove, at a tenth of it."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
    return Ended(code, out.getvalue(), err.getvalue())


def ended(process, how=None):
    """Wait for a command, after a signal if one is given; it never shows a traceback."""
    if how is not None:
        process.send_signal(how)
    try:
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"it does not end:\n{out}\n{err}") from None
    if how is not signal.SIGKILL:
        assert "Traceback" not in out + err
    return Ended(process.returncode, out, err)


def run(*arguments, cwd, **environment):
    """A whole command."""
    return ended(start(*arguments, cwd=cwd, **environment))


class Vendor:
    """
    The sample vendor on a real socket: what it was asked, what it holds, and a door to close.

    ``hold(when)`` lets the first request for which ``when`` is true wait until ``go``; ``held``
    is set once it has come. ``answered`` lets it be carried out first: its answer alone waits.
    """

    def __init__(self):
        contract = loading.load(SAMPLE)
        self.mock = MockVendor(contract)
        self.secret = self.mock.secrets["full"]["token"]
        self.asked = []
        self.url = ""
        self.held, self.go = threading.Event(), threading.Event()
        self._when = None
        self._answered = False
        self._refuse = None

    def hold(self, when, *, answered=False):
        self.held.clear()
        self.go.clear()
        self._when, self._answered = when, answered

    def refuse(self, when):
        """Answer 403 where ``when`` is true."""
        self._refuse = when

    def things(self):
        """How many exist of each resource that can be removed again."""
        named = (r.name for r in self.mock.contract.resources if r.delete)
        return {name: self.mock.state.count(name) for name in named}

    async def answer(self, incoming):
        self.asked.append(incoming)
        if self._when is not None and self._when(incoming):
            self._when = None
            done = self.mock.answer(incoming) if self._answered else None
            self.held.set()
            while not self.go.is_set():
                await asyncio.sleep(0.01)
            if done is not None:
                return done
        if self._refuse is not None and self._refuse(incoming):
            return Answer(status=403)
        return self.mock.answer(incoming)


@contextlib.contextmanager
def vendor():
    """A vendor that listens while the block runs."""
    made = Vendor()
    with serve_in_thread(made.answer) as server:
        made.url = server.url
        try:
            yield made
        finally:
            made.go.set()
