"""A program of the user's, kept within bounds: its time, its processes, what it writes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from verifier.rehearsing.contained import keeper
from verifier.rehearsing.contained.lines import LONGEST_BYTES, Lines

__all__ = ["Bounds", "Ending", "Process"]

CHUNK = 1 << 16
BURIED_WITHIN_SECONDS = 15.0
SIZED_EVERY_SECONDS = 0.5
MOST_FILES = 20_000


class Bounds(Struct, frozen=True, kw_only=True):
    """
    What a program may take.

    Args:
        output_bytes: Of standard output and standard error together.
        disk_bytes: Of its folder, beyond what it was given.
        processes: At a time.
        grace_seconds: Between the request to end and the end.
    """

    output_bytes: int = 64 * 1024 * 1024
    disk_bytes: int = 512 * 1024 * 1024
    processes: int = 128
    grace_seconds: float = 1.0


class Ending(Struct, frozen=True, kw_only=True):
    """
    How it ended.

    Args:
        code: Exit code; negative for a signal; None where it had to be ended.
        why: Why it was ended by us: a phrase such as ``it ran longer than 20 s``; empty otherwise.
        left: How many processes it left behind; they were ended.
        failed: Why it could not be started; empty where it could.
        starved: Whether it was ended though the machine was too busy for it to end by itself.
    """

    seconds: float
    code: int | None
    why: str = ""
    left: int = 0
    failed: str = ""
    starved: bool = False

    @property
    def well(self) -> bool:
        """Whether it ended by itself and said that all was well."""
        return self.code == 0 and not self.why

    def __str__(self) -> str:
        if self.failed:
            return f"could not be started: {self.failed}"
        if self.why:
            return f"was ended after {self.seconds:.1f} s: {self.why}"
        how = f"exit code {self.code}"
        if self.code is not None and self.code < 0:
            with contextlib.suppress(ValueError):
                how = signal.Signals(-self.code).name
        left = f", and left {self.left} of its processes behind" if self.left else ""
        return f"ended after {self.seconds:.1f} s with {how}{left}"


class Process:
    """
    A program that runs; ``close`` ends it and everything that it started.

    Args:
        command: The program and its arguments.
        environment: All of it; nothing of ours is added.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
        lines: Lines,
        bounds: Bounds,
    ) -> None:
        self.lines = lines
        self._bounds = bounds
        self._folder = folder
        self._given = _size(folder)
        self._began = time.monotonic()
        self._why = ""
        self._told: list[str] = []
        self._over = threading.Event()
        self._closed: Ending | None = None
        self._lock = threading.Lock()
        reading, writing = os.pipe()
        try:
            self._keeper = self._started(command, folder, environment, writing)
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        work: tuple[Callable[[], None], ...] = (
            lambda: self._listen(reading),
            lambda: self._hear(self._keeper.stdout),
            lambda: self._hear(self._keeper.stderr),
        )
        self._threads = [threading.Thread(target=each, daemon=True) for each in work]
        for thread in self._threads:
            thread.start()

    def _started(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], status: int
    ) -> subprocess.Popen[bytes]:
        bounds = self._bounds
        numbers = (status, bounds.processes, bounds.disk_bytes, bounds.grace_seconds)
        ours = [sys.executable, "-I", "-S", keeper.__file__, *map(str, numbers)]
        return subprocess.Popen(  # noqa: S603  (the user's own program, behind our keeper)
            [*ours, *command],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(status,),
            start_new_session=True,
        )

    def wait(self, seconds: float, *, more: Callable[[], float] = float) -> bool:
        """
        Until it ends by itself, or exceeds a bound; False where the time was not enough.

        Args:
            more: Asked once the time is over: seconds that are to be added.
        """
        until = time.monotonic() + seconds
        while not self._over.is_set():
            left = until - time.monotonic()
            if left <= 0:
                until = time.monotonic() + (left := more())
            if left <= 0 or self._why:
                return bool(self._why)
            self._over.wait(min(left, SIZED_EVERY_SECONDS))
            if _size(self._folder) - self._given > self._bounds.disk_bytes:
                self.end(
                    f"it wrote more than {_megabytes(self._bounds.disk_bytes)} into its folder"
                )
        return True

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._over.is_set()

    @property
    def seconds(self) -> float:
        """Since it was started."""
        return time.monotonic() - self._began

    def end(self, why: str) -> None:
        """Begin to end it, for a reason."""
        self._why = self._why or why
        with contextlib.suppress(OSError):
            _pipe(self._keeper.stdin).close()

    def close(self, why: str = "") -> Ending:
        """End it, if it has not ended, and everything that it started; says how it ended."""
        with self._lock:
            if self._closed is None:
                took = self.seconds
                if not self._over.is_set():
                    self._why = self._why or why
                self._closed = self._bury(took)
            return self._closed

    def _bury(self, took: float) -> Ending:
        with contextlib.suppress(OSError):
            _pipe(self._keeper.stdin).close()
        try:
            self._keeper.wait(BURIED_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:  # pragma: no cover  (the keeper is bounded itself)
            self._keeper.kill()
            self._keeper.wait()
        for thread in self._threads:
            thread.join(BURIED_WITHIN_SECONDS)
        said = dict(line.split(" ", 1) for line in self._told if " " in line)
        if "bound" in said:
            self._why = self._why or f"it started more than {self._bounds.processes} processes"
        code = said.get("ended")
        return Ending(
            seconds=took,
            code=int(code) if code is not None else None,
            why=self._why,
            left=int(said.get("left", "0")),
            failed=said.get("failed", ""),
        )

    def _listen(self, status: int) -> None:
        """Hear what the keeper says of it."""
        with os.fdopen(status, "rb") as told:
            for line in told:
                self._told.append(line.decode("utf-8", "replace").strip())
                self._over.set()
        self._over.set()

    def _hear(self, pipe: IO[bytes] | None) -> None:
        for line in _lines(_pipe(pipe)):
            self.lines.size_bytes += len(line)
            if self.lines.size_bytes > self._bounds.output_bytes:
                self.end(f"it wrote more than {_megabytes(self._bounds.output_bytes)} of output")
                continue
            self.lines.hear(line)


def _lines(pipe: IO[bytes]) -> Iterator[bytes]:
    """Lines as they come, cut where they are very long."""
    rest = b""
    with pipe:
        while chunk := os.read(pipe.fileno(), CHUNK):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line[:LONGEST_BYTES]
            if len(rest) > LONGEST_BYTES:
                yield rest
                rest = b""
    if rest:
        yield rest


def _size(folder: Path) -> int:
    """Bytes below a folder, as far as it can be seen quickly."""
    total, waiting, seen = 0, [str(folder)], 0
    while waiting and seen < MOST_FILES:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    seen += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MiB"


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  (for the type checker: all three are pipes)
    return pipe
