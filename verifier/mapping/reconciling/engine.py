"""DuckDB as it is used here: in memory, spilling to a folder of ours, never reaching out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from verifier.mapping.extra import library

__all__ = ["Engine", "SqlFault", "engine", "name", "text"]

MEMORY = "1200MB"
SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": MEMORY,
    "preserve_insertion_order": "true",
}


def name(written: str) -> str:
    """A name as SQL writes it."""
    return '"' + written.replace('"', '""') + '"'


def text(value: Any) -> str:
    """A text as SQL writes it; NULL for None."""
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


class SqlFault(Exception):  # noqa: N818  (turned into a word about a file by who reads it)
    """A statement cannot be carried out."""


class Engine:
    """
    A connection, and a folder for what does not fit into memory.

    Args:
        folder: Files put there are gone when the engine is closed.
    """

    def __init__(self, connection: Any, fault: type[Exception], folder: Path) -> None:
        self._connection = connection
        self._fault = fault
        self.folder = folder

    def run(self, sql: str) -> None:
        """
        Carry out a statement.

        Raises:
            SqlFault: It cannot be; most often for what stands in a file.
        """
        try:
            self._connection.execute(sql)
        except self._fault as error:
            raise SqlFault(str(error)) from None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self._connection.execute(sql).fetchall())

    def one(self, sql: str) -> Any:
        """The first value of the first row; None where there is none."""
        found = self._connection.execute(sql).fetchone()
        return found[0] if found else None

    def each(self, sql: str, size: int = 10_000) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The rows of a query, so many at a time."""
        cursor = self._connection.cursor()
        cursor.execute(sql)
        while rows := cursor.fetchmany(size):
            yield rows


@contextmanager
def engine() -> Iterator[Engine]:
    """
    An engine, closed with the block.

    Raises:
        UsageError: DuckDB is not installed.
    """
    duckdb = library("duckdb", needed_for="reconciliations", extra="reconcile")
    with tempfile.TemporaryDirectory(prefix="verifier-") as folder:
        settings = {**SETTINGS, "temp_directory": f"{folder}/spill"}
        connection = duckdb.connect(":memory:", config=settings)
        # It would be drawn into what is printed as JSON.
        connection.execute("SET enable_progress_bar = false")
        try:
            yield Engine(connection, duckdb.Error, Path(folder))
        finally:
            connection.close()
