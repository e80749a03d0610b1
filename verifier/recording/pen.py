"""Writes a run's rows down as they happen, and gives none up when the disk is full."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from pathlib import Path

from verifier.errors import ConfigError

__all__ = ["Pen"]

BATCH_ROWS = 200
BATCH_SECONDS = 0.2
RESERVE_FILE = "journal.reserve"
# Room for what is still to be said once the disk is full: the last batch, and the clean-up.
RESERVE_BYTES = 512 * 1024
Row = tuple[str, tuple[object, ...]]


class Pen:
    """
    Rows in batches, each batch whole or not at all; a row waits 0.2 seconds at most.

    Where writing fails it is said once, as an error; afterwards rows are kept and tried again with
    the next, so that a clean-up goes on whatever the disk does.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._reserve = folder / RESERVE_FILE
        self._waiting: list[Row] = []
        self._since = time.monotonic()
        self._timer: asyncio.TimerHandle | None = None
        self._trouble: Exception | None = None
        self._told = False

    def hold_reserve(self) -> None:
        """
        Take room on the disk that is given back when it is needed.

        Raises:
            ConfigError: There is not even that much.
        """
        try:
            self._reserve.write_bytes(b"\0" * RESERVE_BYTES)
        except OSError as error:
            self._give_reserve_back()
            raise self._unwritable(error) from error

    def write(self, statement: str, values: tuple[object, ...], *, at_once: bool = False) -> None:
        """
        Write a row, with the others of its batch unless ``at_once``.

        Raises:
            ConfigError: The disk is full, or the folder is gone; raised once.
        """
        self._waiting.append((statement, values))
        now = time.monotonic()
        if at_once or len(self._waiting) >= BATCH_ROWS or now - self._since > BATCH_SECONDS:
            self.flush()
        else:
            self._set_timer()
        self._tell()

    def flush(self) -> None:
        """Write what waits; trouble is told by the next ``write``."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._since = time.monotonic()
        if not self._waiting:
            return
        try:
            self._commit()
        except sqlite3.Error as error:
            self._trouble = self._trouble or error
            self._give_reserve_back()
            with contextlib.suppress(sqlite3.Error):
                self._commit()

    def close(self) -> None:
        """Write what waits, as far as it can be, and give the reserve back."""
        self.flush()
        self._give_reserve_back()

    def _commit(self) -> None:
        try:
            self._connection.execute("BEGIN")
            for statement, values in self._waiting:
                self._connection.execute(statement, values)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            # A full disk may have ended the transaction already; the rows are still here.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._waiting.clear()

    def _set_timer(self) -> None:
        if self._timer is None:
            with contextlib.suppress(RuntimeError):
                loop = asyncio.get_running_loop()
                self._timer = loop.call_later(BATCH_SECONDS, self.flush)

    def _tell(self) -> None:
        if self._trouble is not None and not self._told:
            self._told = True
            raise self._unwritable(self._trouble) from self._trouble

    def _give_reserve_back(self) -> None:
        with contextlib.suppress(OSError):
            self._reserve.unlink(missing_ok=True)

    def _unwritable(self, error: Exception) -> ConfigError:
        return ConfigError(
            f"the run cannot be recorded any further: {error}",
            where=str(self._folder),
            mend="Is the disk full, or the folder read-only? What was recorded so far is kept.",
        )
