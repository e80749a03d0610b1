"""Where is kept what outlives a run: in a file, or on a server for several machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

__all__ = ["BUSY", "Database", "Rows", "opened", "storable"]

BUSY = "another watcher is at work with this state"


class Rows(NamedTuple):
    """What a statement gave: rows of a query, and how many were written otherwise."""

    rows: list[tuple[Any, ...]]
    written: int

    @property
    def first(self) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        return self.rows[0] if self.rows else None


class Database(Protocol):
    """
    Carries out statements; values stand in them by name: ``:vendor``.

    ``blob``, ``real`` and ``number`` are its words for bytes, for a double, and for a key that
    counts up by itself. ``shared`` says whether other machines can reach it.
    """

    blob: str
    real: str
    number: str
    shared: bool

    def do(self, sql: str, **values: Any) -> Rows:
        """One statement."""

    def many(self, sql: str, values: Iterable[Mapping[str, Any]]) -> None:
        """The same statement with many values."""

    def together(self) -> AbstractContextManager[None]:
        """What is written in the block counts as a whole, or, after an error or a crash, not."""


def storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Half a surrogate pair, as a hostile document may hold, has no UTF-8; NUL is no text."""
    return {
        name: value.encode("utf-8", "replace").decode().replace("\0", "�")
        if isinstance(value, str)
        else value
        for name, value in values.items()
    }


@contextmanager
def opened(state: str | Path, *, alone: bool = True) -> Iterator[Database]:
    """
    The database.

    Args:
        state: A file, or an address such as ``postgresql://host/name``.
        alone: Whether for this process only, as a watcher needs it; else any address that
            SQLAlchemy knows will do.

    Raises:
        ConfigError: Another watcher holds it, or it cannot be used.
    """
    if "://" in str(state):
        from verifier.databases import served  # an extra

        with served.opened(str(state), alone=alone) as reached:
            yield reached
        return
    from verifier.databases import sqlite

    with sqlite.opened(Path(state), alone=alone) as filed:
        yield filed
