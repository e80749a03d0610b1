"""The rows of each class as a file, to be worked through."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from verifier.errors import ConfigError
from verifier.mapping.reconciling.classes import rows_of
from verifier.mapping.reconciling.engine import Engine, SqlFault, text
from verifier.mapping.reconciling.exports import Export

__all__ = ["write_classes"]

CLASSES = ("only-here", "key-missing", "ambiguous", "duplicate")


def write_classes(
    db: Engine, exports: Mapping[str, Export], folder: Path, *, has_differences: bool
) -> None:
    """
    One CSV for each side and class with its rows as they were read, and one of the differences.

    Raises:
        ConfigError: The folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for side in exports:
            alias = "a" if side == "source" else "b"
            for wanted in CLASSES:
                rows = f"SELECT * FROM {alias} WHERE rowid IN ({rows_of(side, wanted)})"
                _write(db, rows, folder / f"{side}-{wanted}.csv")
        if has_differences:
            _write(db, "SELECT * FROM different", folder / "linked-different.csv")
    except (OSError, SqlFault) as error:
        raise ConfigError(
            f"the rows cannot be written: {error}", where=str(folder), mend="Name another folder."
        ) from None


def _write(db: Engine, query: str, path: Path) -> None:
    db.run(f"COPY ({query}) TO {text(path)} (HEADER, DELIMITER ',')")
