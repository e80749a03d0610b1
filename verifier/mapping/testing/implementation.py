"""Which implementation is tested, and the way to it."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verifier.errors import UsageError
from verifier.mapping.opening import OpenMapping
from verifier.mapping.testing.asking import Door
from verifier.mapping.testing.doors.http import TIMEOUT_SECONDS as HTTP_SECONDS
from verifier.mapping.testing.doors.http import HttpDoor
from verifier.mapping.testing.doors.lines import TIMEOUT_SECONDS as CHILD_SECONDS
from verifier.mapping.testing.doors.lines import LinesDoor

__all__ = ["implementation_of"]

HOSTING = (sys.executable, "-m", "verifier.mapping.hosting")
START_SECONDS = 60


@contextmanager
def implementation_of(
    mapping: OpenMapping,
    *,
    function: str | None = None,
    program: str | None = None,
    address: str | None = None,
    timeout: float | None = None,
) -> Iterator[tuple[Door, str]]:
    """
    The way to an implementation, and what it is in words; it is ended with the block.

    Args:
        function: ``module:name`` or ``file.py:name``, from the current folder.
        program: A command line, started in the current folder.
        address: Where records are posted to.
        timeout: Seconds for one answer.

    Raises:
        UsageError: None is named, several are, or the function cannot be found.
    """
    named = [name for name in (function, program, address) if name]
    if len(named) > 1:
        raise UsageError(
            "several implementations are named", mend="Give one of --callable, --command, --http."
        )
    declared = mapping.contract.verify.implementation
    folder = Path.cwd() if named else mapping.folder
    if not named:
        function, program = declared.get("callable"), _joined(declared.get("command"))
        address = declared.get("http")
        timeout = timeout or _seconds(declared.get("timeout_seconds"))
    door, words = _door(mapping, folder, function, program, address, timeout)
    try:
        yield door, words
    finally:
        door.close()


def _joined(command: Any) -> str | None:
    return shlex.join(command) if command else None


def _seconds(text: str | None) -> float | None:
    return float(text) if text else None


def _door(
    mapping: OpenMapping,
    folder: Path,
    function: str | None,
    program: str | None,
    address: str | None,
    timeout: float | None,
) -> tuple[Door, str]:
    if address:
        return HttpDoor(address, timeout_seconds=timeout or HTTP_SECONDS), address
    seconds = timeout or CHILD_SECONDS
    if program:
        return LinesDoor(shlex.split(program), folder=folder, timeout_seconds=seconds), program
    if function:
        _check(function, folder)
        return LinesDoor((*HOSTING, function), folder=folder, timeout_seconds=seconds), function
    raise UsageError(
        "no implementation is named",
        where=str(mapping.contract.place),
        mend="Give --callable, --command or --http, or name one under verify: implementation.",
    )


def _check(function: str, folder: Path) -> None:
    """Say at once where a function cannot be found, instead of a hundred times later."""
    done = subprocess.run(  # noqa: S603  (the user's own function)
        (*HOSTING, function),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=START_SECONDS,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(
            said[-1] if said else f"'{function}' cannot be used",
            where=str(folder),
            mend="Name it as module:name, or path/to/file.py:name.",
        )
