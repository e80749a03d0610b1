"""One run for all items of a file, however many processes share them."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from verifier import pipeline
from verifier.errors import InternalError
from verifier.model import Run

__all__ = ["session_of", "shared"]

PATIENCE_SECONDS = 2 * 3600.0
POLL_SECONDS = 0.1
SESSION = pytest.StashKey[str]()


def session_of(config: pytest.Config) -> str:
    """The same in every process of a session, and in no other session."""
    given = getattr(config, "workerinput", None)
    if given is not None:
        return str(given["testrunuid"])
    found = config.stash.get(SESSION, "")
    if not found:
        found = uuid.uuid4().hex
        config.stash[SESSION] = found
    return found


def shared(folder: Path, make: Callable[[], Run]) -> Run:
    """
    The run that is recorded in a folder, made by whichever process comes first; others wait for it.

    A folder can be made only once: whoever makes it does the work, and says how it ended.
    """
    sign = hashlib.sha256(str(folder).encode()).hexdigest()[:24]
    lock = Path(tempfile.gettempdir()) / f"verifier-pytest-{sign}"
    try:
        lock.mkdir()
    except FileExistsError:
        return _waited(folder, lock)
    try:
        run = make()
    except BaseException as error:
        _put(lock, "failed", str(error) or type(error).__name__)
        raise
    _put(lock, "done", "")
    return run


def _put(lock: Path, name: str, text: str) -> None:
    """A file that is there as a whole or not at all."""
    part = lock / f"{name}.part"
    part.write_text(text, "utf-8")
    os.replace(part, lock / name)


def _waited(folder: Path, lock: Path) -> Run:
    last = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < last:
        if (lock / "done").exists():
            return pipeline.judged(folder)[0]
        if (lock / "failed").exists():
            said = (lock / "failed").read_text("utf-8")
            raise InternalError(f"another process made this run and failed: {said}")
        time.sleep(POLL_SECONDS)
    raise InternalError("another process makes this run, and does not come to an end")
