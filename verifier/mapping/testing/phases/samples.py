"""Real records, and small changes of them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from verifier.errors import ConfigError
from verifier.mapping.absent import ABSENT
from verifier.mapping.edges import Ground
from verifier.mapping.exact_json import read_lines
from verifier.mapping.placing import placed, taken
from verifier.mapping.testing.case import Case

__all__ = ["read_samples", "samples"]

MOST_RECORDS = 2000
MOST_CHANGED = 40
LONGEST_CELL = 1 << 20


def samples(ground: Ground, files: tuple[FilePath, ...]) -> Iterator[Case]:
    """
    Each record of some files as it is; and, of the first of them, each field changed a little.

    Raises:
        ConfigError: A file cannot be read, or a line of it is no record.
    """
    for file in files:
        for number, (line, record) in enumerate(read_samples(file)):
            if number >= MOST_RECORDS:
                break
            where = f"{file.name}:{line}"
            yield Case(record=record, phase="samples", says=where, real=True)
            if number < MOST_CHANGED:
                yield from _changed(ground, record, where)


def _changed(ground: Ground, record: Any, where: str) -> Iterator[Case]:
    for site in ground.sites:
        value = next(taken(record, site.path), ABSENT)
        if value is ABSENT:
            continue
        for new, words in _changes(value):
            yield Case(
                record=ground.consistent(placed(record, site.path, new)),
                phase="samples",
                says=f"{where}, {site.path} {words}",
                path=site.path,
                real=True,
            )


def _changes(value: Any) -> Iterator[tuple[Any, str]]:
    yield None, "is null"
    yield ABSENT, "is left out"
    if isinstance(value, str) and value:
        yield value.swapcase(), "has its case swapped"
        yield f" {value} ", "has spaces around it"
        decomposed = unicodedata.normalize("NFD", value)
        if decomposed != value:
            yield decomposed, "is decomposed (NFD)"
    elif isinstance(value, bool):
        yield not value, "is turned round"
    elif isinstance(value, int):
        yield value + 1, "is one more"


def read_samples(file: FilePath) -> Iterator[tuple[int, Any]]:
    """
    Line and record of a file of JSON lines, or of CSV, whose cells are texts.

    Raises:
        ConfigError: It cannot be read; names the line.
    """
    if file.suffix.lower() == ".csv":
        yield from _read_csv(file)
    else:
        yield from read_lines(file)


def _read_csv(file: FilePath) -> Iterator[tuple[int, Any]]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            for row in reader:
                if None in row or None in row.values():
                    raise _broken(file, reader.line_num, "the row has another number of cells")
                yield reader.line_num, dict(row)
    except OSError as error:
        raise _broken(file, 0, f"the file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise _broken(file, 0, f"byte {error.start} is no UTF-8") from None
    except csv.Error as error:
        raise _broken(file, reader.line_num, str(error)) from None
    finally:
        csv.field_size_limit(before)


def _broken(file: FilePath, line: int, says: str) -> ConfigError:
    where = f"{file}:{line}" if line else str(file)
    return ConfigError(says, where=where, mend="Correct the file, or give JSON lines.")
