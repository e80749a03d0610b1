"""How every run of every vendor ended: what a trend, a portfolio and a comparison are made of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from verifier.databases import Database, opened
from verifier.errors import ConfigError
from verifier.model import Record

__all__ = ["FILENAME", "History", "open_history"]

FILENAME = "history.sqlite"
LONGEST_NAME = 200
TABLE = """
CREATE TABLE IF NOT EXISTS verifier_runs (
  run VARCHAR(200) NOT NULL, vendor VARCHAR(200) NOT NULL, started {real} NOT NULL,
  data TEXT NOT NULL, PRIMARY KEY (vendor, run))
"""
MOST = 2_000


class History:
    """Reads and writes records; the same run, kept again, takes its own place."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.together():
            database.do(TABLE.format(real=database.real))

    def keep(self, record: Record) -> None:
        """Remember a run."""
        key = {"vendor": record.vendor[:LONGEST_NAME], "run": record.run[:LONGEST_NAME]}
        data = json.dumps(record.as_data())  # half a character is escaped
        with self._database.together():
            self._database.do("DELETE FROM verifier_runs WHERE vendor=:vendor AND run=:run", **key)
            self._database.do(
                "INSERT INTO verifier_runs (run, vendor, started, data)"
                " VALUES (:run, :vendor, :started, :data)",
                **key,
                started=record.at,
                data=data,
            )

    def records(self, vendor: str = "") -> list[Record]:
        """Every run, or every one of a vendor, the oldest first; of very many the latest."""
        rows = self._database.do(
            "SELECT data FROM verifier_runs WHERE :vendor = '' OR vendor=:vendor"
            " ORDER BY started DESC, run DESC LIMIT :most",
            vendor=vendor[:LONGEST_NAME],
            most=MOST,
        )
        return [_read(data) for (data,) in reversed(rows.rows)]

    def before(self, record: Record) -> list[Record]:
        """Earlier whole runs of the same vendor in the same mode, the oldest first."""
        return [
            one
            for one in self.records(record.vendor)
            if one.at < record.at
            and one.run != record.run
            and one.mode == record.mode
            and one.whole
        ]


@contextmanager
def open_history(place: str | Path) -> Iterator[History]:
    """
    The history in a file, made where there is none, or behind any address of SQLAlchemy's.

    Raises:
        ConfigError: It cannot be used.
    """
    with opened(place, alone=False) as database:
        yield History(database)


def _read(data: str) -> Record:
    try:
        return Record.from_data(json.loads(data))
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            "the history holds what we did not write", mend="Name another one."
        ) from error
