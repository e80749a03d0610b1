"""
An implementation in any language: a program that answers JSON lines.

One question a line on its standard input, one answer a line on its standard output, with the same
``id``. What it logs goes to standard error. A program that hangs, dies or answers something else is
ended and started again, for the next question.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from verifier.errors import ConfigError
from verifier.mapping.edges import RawJson
from verifier.mapping.exact_json import dumps, loads
from verifier.mapping.testing.asking import Answer, Ask, How
from verifier.mapping.testing.replies import answer_of, garbage

__all__ = ["TIMEOUT_SECONDS", "LinesDoor"]

START_SECONDS = 30.0
TIMEOUT_SECONDS = 5.0
LARGEST_REPLY_BYTES = 64 * 1024 * 1024
CHUNK = 1 << 16
MOST_IN_A_ROW = 5
PATIENCE = 10
TAIL_BYTES = 1000


class LinesDoor:
    """
    Asks a child process.

    Args:
        command: The program and its arguments.
        folder: Where it is started.
        environment: Added to ours.
        timeout_seconds: How long nothing may come; the first answer after a start may take longer.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str] | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self.command = tuple(command)
        self.folder = folder
        self.environment = dict(environment or {})
        self.timeout_seconds = timeout_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._rest = bytearray()
        self._number = 0
        self._fresh = True
        self._slow = False  # it took longer to start than anything does: it has hung
        self._faults = 0

    def ask(self, ask: Ask) -> Answer:
        """Ask one question; a fault of the child is an answer, too."""
        if self._faults >= MOST_IN_A_ROW:
            says = f"it failed {MOST_IN_A_ROW} times in a row"
            return Answer(how=How.DIED, says=says, over=True)
        self._number += 1
        answer = self._exchanged(_line(ask, self._number))
        if answer.how.fault:
            self._faults += 1
            self._end()
        else:
            self._faults = 0
        return answer

    def _exchanged(self, line: bytes) -> Answer:
        child = self._started()
        starting = self._fresh and not self._slow
        wait = max(START_SECONDS, self.timeout_seconds) if starting else self.timeout_seconds
        reply = self._reply(child, line, wait)
        self._fresh = False
        return reply if isinstance(reply, Answer) else self._read(reply)

    def _read(self, reply: bytes) -> Answer:
        try:
            data = loads(reply)
        except (ValueError, UnicodeDecodeError) as error:
            shown = reply[:80].decode("utf-8", "replace")
            return garbage(f"the line is no JSON ({error}): {shown!r}; logs belong to stderr")
        if not isinstance(data, dict) or data.get("id") != self._number:
            shown = reply[:80].decode("utf-8", "replace")
            return garbage(f"the line does not answer question {self._number}: {shown!r}")
        return answer_of(data)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as the child)
        try:
            self._child = subprocess.Popen(  # noqa: S603  (the user's own program)
                self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                start_new_session=True,
            )
        except OSError as error:
            self._end()
            raise ConfigError(
                f"'{self.command[0]}' cannot be started: {error.strerror}",
                where=str(self.folder),
                mend="Correct the command; it is started in the contract's folder.",
            ) from None
        for pipe in (self._child.stdin, self._child.stdout):
            os.set_blocking(_pipe(pipe).fileno(), False)
        self._rest, self._fresh = bytearray(), True
        return self._child

    def _reply(self, child: subprocess.Popen[bytes], line: bytes, wait: float) -> bytes | Answer:
        """
        Write and read at once, so that neither side waits for the other for ever.

        It may take so long without a byte moving, and ``PATIENCE`` times as long in all.
        """
        until = time.monotonic() + wait * PATIENCE
        searched = 0
        writing, reading = _pipe(child.stdin), _pipe(child.stdout)
        unsent = memoryview(line)
        with selectors.DefaultSelector() as selector:
            selector.register(reading, selectors.EVENT_READ)
            selector.register(writing, selectors.EVENT_WRITE)
            while self._rest.find(b"\n", searched) < 0:
                searched = len(self._rest)
                left = min(wait, until - time.monotonic())
                ready = selector.select(left) if left > 0 else []
                if not ready:
                    self._slow |= self._fresh
                    says = f"no answer within {wait:g} s{self._tail()}"
                    return Answer(how=How.HUNG, says=says)
                for key, _ in ready:
                    if key.fileobj is writing:
                        unsent = unsent[_sent(writing, unsent) :]
                        if not unsent:
                            selector.unregister(writing)
                    elif not self._more(reading):
                        return self._dead(child)
                if len(self._rest) > LARGEST_REPLY_BYTES:
                    return garbage("the answer is longer than 64 MiB")
        reply, _, self._rest = self._rest.partition(b"\n")
        return bytes(reply)

    def _more(self, pipe: IO[bytes]) -> bool:
        """Read what there is; False where the child has ended its output."""
        try:
            chunk = os.read(pipe.fileno(), CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._rest += chunk
        return bool(chunk)

    def _dead(self, child: subprocess.Popen[bytes]) -> Answer:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(1.0)
        code = child.returncode
        how = f"signal {signal.Signals(-code).name}" if code and code < 0 else f"exit code {code}"
        return Answer(how=How.DIED, says=f"the program ended with {how}{self._tail()}")

    def _tail(self) -> str:
        """The last words of the child on standard error."""
        if self._said is None:
            return ""
        end = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, end - TAIL_BYTES))
        lines = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return f"; its last words: {lines[-1][:200]}" if lines else ""

    def elsewhere(self, environment: Mapping[str, str]) -> LinesDoor:
        """The same program, started with other variables."""
        return LinesDoor(
            self.command,
            folder=self.folder,
            environment={**self.environment, **environment},
            timeout_seconds=self.timeout_seconds,
        )

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(OSError):
                os.killpg(child.pid, signal.SIGKILL)
            for pipe in (child.stdin, child.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
            child.wait()
        if self._said is not None:
            self._said.close()
            self._said = None

    def close(self) -> None:
        """End the program."""
        self._end()


def _line(ask: Ask, number: int) -> bytes:
    if isinstance(ask.record, RawJson):
        text: bytes = ask.record.text
        return b'{"id":%d,"op":"map","record":%s}\n' % (number, text)
    return dumps(ask.as_data(number)) + b"\n"


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  (for the type checker: both are pipes)
    return pipe


def _sent(pipe: IO[bytes], data: memoryview) -> int:
    try:
        return os.write(pipe.fileno(), data[:CHUNK])
    except BlockingIOError:
        return 0
    except OSError:
        # It has closed its input; whether it has answered, its output tells.
        return len(data)
