"""An export of a system, read as text: CSV, JSON lines or Parquet; no type is ever guessed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.errors import ConfigError
from verifier.mapping.nouns import Path as FieldPath
from verifier.mapping.reconciling.engine import Engine, SqlFault, name, text

__all__ = ["Broken", "Export", "read_export"]

CHUNK = 1 << 20
LONGEST_LINE_BYTES = 64 * 1024 * 1024
LONGEST_HEADER = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
MOST_BROKEN = 10
PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A line that could not be read, and why."""

    line: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """
    A file as a table of texts.

    Args:
        table: Its name in the engine.
        columns: Names of its columns, as the file has them.
        rows: How many rows were read.
        broken: How many could not be; ``examples`` shows the first.
    """

    file: str
    table: str
    columns: tuple[str, ...]
    rows: int
    broken: int
    examples: tuple[Broken, ...]


def read_export(
    db: Engine, file: Path, table: str, paths: tuple[FieldPath, ...], *, encoding: str = "utf-8"
) -> Export:
    """
    Read a file into a table.

    Args:
        paths: Fields that are wanted of JSON, which may be nested; other files have columns.
        encoding: Of a CSV or of JSON lines.

    Raises:
        ConfigError: It cannot be read at all; names the line and the mend.
    """
    if not file.is_file():
        raise _refused(file, "there is no such file", "Correct the path.")
    with file.open("rb") as start:
        head = start.read(4)
    if head == PARQUET:
        return _parquet(db, file, table)
    plain = _as_utf8(db, file, encoding)
    if file.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        return _json(db, file, plain, table, paths)
    return _csv(db, file, plain, table)


def _refused(file: Path, says: str, mend: str, line: int = 0) -> ConfigError:
    return ConfigError(says, where=f"{file}:{line}" if line else str(file), mend=mend)


def _as_utf8(db: Engine, file: Path, encoding: str) -> Path:
    """The same file, or a copy of it in UTF-8."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError:
        mend = "Such as utf-8, cp1252, latin-1 or utf-16."
        raise _refused(file, f"there is no encoding '{encoding}'", mend) from None
    same = codecs.lookup(encoding).name == "utf-8"
    copy = db.folder / f"{file.stem}-{len(list(db.folder.iterdir()))}.txt"
    lines = 1
    with file.open("rb") as source, copy.open("wb") as target:
        while True:
            chunk = source.read(CHUNK)
            try:
                decoded = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise _foreign(file, encoding, lines, error) from None
            lines += decoded.count("\n")
            if not chunk:
                break
            if not same:
                target.write(decoded.encode("utf-8", "replace"))
    return file if same else copy


def _foreign(file: Path, encoding: str, lines: int, error: UnicodeDecodeError) -> ConfigError:
    """A byte that the encoding does not know; its line is near, for lines are counted by chunks."""
    line = lines + error.object[: error.start].count(b"\n")
    byte = error.object[error.start]
    mend = "Name the encoding (--encoding cp1252); if the file mixes several, export it again."
    if lines == 1 and error.object.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        mend = "It begins as UTF-16 does: --encoding utf-16 (or --target-encoding)."
    return _refused(file, f"byte 0x{byte:02x} is no {encoding} text", mend, line)


def _csv(db: Engine, file: Path, plain: Path, table: str) -> Export:
    delimiter, columns = _header(file, plain)
    kinds = ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns)
    source = (
        f"read_csv({text(plain)}, auto_detect = false, header = true, columns = {{{kinds}}},"
        f" delim = {text(delimiter)}, quote = '\"', escape = '\"', nullstr = '\\0',"
        f" max_line_size = {LONGEST_LINE_BYTES}, store_rejects = true,"
        f" rejects_table = {text(table + '_errors')}, rejects_scan = {text(table + '_scans')})"
    )
    try:
        db.run(f"CREATE TABLE {table} AS SELECT * FROM {source}")
        examples = tuple(_rejected(db, f"{table}_errors"))
        broken = db.one(f"SELECT count(DISTINCT line) FROM {table}_errors") or 0
    except SqlFault:
        # Line ends of several kinds, or worse: row by row, which is slow, and takes anything.
        broken, examples = _row_by_row(db, file, plain, table, delimiter, columns)
    return Export(
        file=str(file),
        table=table,
        columns=columns,
        rows=_count(db, table),
        broken=int(broken),
        examples=examples,
    )


def _row_by_row(
    db: Engine, file: Path, plain: Path, table: str, delimiter: str, columns: tuple[str, ...]
) -> tuple[int, tuple[Broken, ...]]:
    """Read a CSV with Python's reader, and leave out the rows that it cannot make sense of."""
    made = db.folder / f"{table}-rows.csv"
    broken: list[Broken] = []
    before = csv.field_size_limit(LONGEST_LINE_BYTES)
    try:
        with (
            plain.open("r", encoding="utf-8-sig", newline="") as source,
            made.open("w", encoding="utf-8", newline="") as target,
        ):
            writer = csv.writer(target, lineterminator="\n")
            for line, row, says in _rows(csv.reader(source, delimiter=delimiter, strict=True)):
                if row and not says and len(row) != len(columns):
                    says = f"{len(row)} cells instead of {len(columns)}"
                if says:
                    broken.append(Broken(line=line, says=says))
                elif row:
                    writer.writerow(row)
    finally:
        csv.field_size_limit(before)
    kinds = ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns)
    try:
        db.run(
            f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM read_csv({text(made)},"
            f" auto_detect = false, header = true, columns = {{{kinds}}}, delim = ',',"
            f" quote = '\"', escape = '\"', nullstr = '\\0',"
            f" max_line_size = {LONGEST_LINE_BYTES})"
        )
    except SqlFault as error:
        raise _unreadable(file, error) from None
    return len(broken), tuple(broken[:MOST_BROKEN])


def _rows(reader: Any) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells and what is wrong, of each row; the reader goes on after what it cannot read."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, [], str(error)
        else:
            yield reader.line_num, row, ""


def _header(file: Path, plain: Path) -> tuple[str, tuple[str, ...]]:
    with plain.open("r", encoding="utf-8-sig", newline="") as lines:
        first = lines.readline(LONGEST_HEADER)
    if not first.strip():
        raise _refused(file, "the file is empty", "Export it again, with a line of names first.")
    delimiter = max(DELIMITERS, key=first.count)
    columns = next(csv.reader([first], delimiter=delimiter))
    twice = [column for column in columns if columns.count(column) > 1]
    if twice:
        raise _refused(file, f"the column '{twice[0]}' stands twice", "Rename one of them.", 1)
    if not all(column.strip() for column in columns):
        raise _refused(file, "a column has no name", "The first line must name the columns.", 1)
    return delimiter, tuple(columns)


def _rejected(db: Engine, table: str) -> Iterator[Broken]:
    rows = db.rows(
        f"SELECT line, min(error_message) FROM {table} GROUP BY line ORDER BY line"
        f" LIMIT {MOST_BROKEN}"
    )
    for line, says in rows:
        yield Broken(line=int(line), says=str(says).split("\n", 1)[0])


def _json(db: Engine, file: Path, plain: Path, table: str, paths: tuple[FieldPath, ...]) -> Export:
    members = ", ".join(f"json ->> {text(_pointer(path))} AS {name(str(path))}" for path in paths)
    source = (
        f"read_ndjson_objects({text(plain)}, ignore_errors = true,"
        f" maximum_object_size = {LONGEST_LINE_BYTES})"
    )
    try:
        db.run(
            f"CREATE TABLE {table} AS SELECT {members} FROM {source}"
            " WHERE json IS NOT NULL AND json_type(json) = 'OBJECT'"
        )
    except SqlFault as error:
        raise _unreadable(file, error) from None
    rows = _count(db, table)
    lines = _lines(plain)
    return Export(
        file=str(file),
        table=table,
        columns=tuple(map(str, paths)),
        rows=rows,
        broken=max(0, lines - rows),
        examples=(),
    )


def _pointer(path: FieldPath) -> str:
    return "/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in path.names)


def _lines(file: Path) -> int:
    """How many lines say something."""
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _parquet(db: Engine, file: Path, table: str) -> Export:
    source = f"read_parquet({text(file)})"
    try:
        columns = [row[0] for row in db.rows(f"DESCRIBE SELECT * FROM {source}")]
        texts = ", ".join(f"{name(c)}::VARCHAR AS {name(c)}" for c in columns)
        db.run(f"CREATE TABLE {table} AS SELECT {texts} FROM {source}")
    except SqlFault as error:
        raise _unreadable(file, error) from None
    return Export(
        file=str(file),
        table=table,
        columns=tuple(columns),
        rows=_count(db, table),
        broken=0,
        examples=(),
    )


def _count(db: Engine, table: str) -> int:
    return int(db.one(f"SELECT count(*) FROM {table}"))


def _unreadable(file: Path, error: Exception) -> ConfigError:
    says = next((line for line in str(error).splitlines() if line.strip()), "it cannot be read")
    return _refused(file, says[:300], "Export it again, as CSV with a line of names first.")
