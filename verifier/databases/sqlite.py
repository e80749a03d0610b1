"""A file of SQLite's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from verifier.databases import BUSY, Rows, storable
from verifier.errors import ConfigError

__all__ = ["opened"]

PATIENCE_SECONDS = 30.0


class SqliteDatabase:
    """Statements, each at once unless they stand together."""

    blob = "BLOB"
    real = "REAL"
    number = "INTEGER PRIMARY KEY"
    shared = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def do(self, sql: str, **values: Any) -> Rows:
        """One statement."""
        done = self._connection.execute(sql, storable(values))
        return Rows(done.fetchall() if done.description else [], done.rowcount)

    def many(self, sql: str, values: Iterable[Mapping[str, Any]]) -> None:
        """The same statement with many values."""
        self._connection.executemany(sql, map(storable, values))

    @contextmanager
    def together(self) -> Iterator[None]:
        """A transaction that writes from its beginning, so that it never has to give way."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


@contextmanager
def opened(path: Path, *, alone: bool = True) -> Iterator[SqliteDatabase]:
    """
    The file, made where there is none.

    Raises:
        ConfigError: Another watcher holds it, or it cannot be written.
    """
    with closing(_lock(path)) if alone else nullcontext():
        connection = _connected(path)
        try:
            yield SqliteDatabase(connection)
        finally:
            connection.close()


def _lock(path: Path) -> sqlite3.Connection:
    """A transaction held open on an empty database: the system gives it back when we are killed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path.with_name(path.name + ".lock"), isolation_level=None, timeout=0
        )
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from error
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if "locked" not in str(error):
            raise _unusable(path, error) from error
        raise ConfigError(
            BUSY, where=str(path), mend="Let it finish, or name another --state."
        ) from error
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    with ExitStack() as opening:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE_SECONDS)
            opening.enter_context(closing(connection))
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error
        opening.pop_all()
    return connection


def _unusable(path: Path, error: Exception) -> ConfigError:
    return ConfigError(
        f"the database cannot be used: {error}",
        where=str(path),
        mend="Is the disk full, or the folder read-only? Name another one.",
    )
