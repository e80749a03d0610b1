"""An export of a system, read as text: CSV, JSON lines or Parquet; no type is ever guessed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from msgspec import Struct
from msgspec.structs import replace

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
SEVERAL_LINES = "contains(rtrim(csv_line, chr(10) || chr(13)), chr(10))"


class Broken(Struct, frozen=True, kw_only=True):
    """
    Lines that could not be read, and why.

    Args:
        line: The first of them.
        lines: How many; more than one where a quote does not end.
    """

    line: int
    says: str
    lines: int = 1


class Export(Struct, frozen=True, kw_only=True):
    """
    A file as a table of texts.

    Args:
        table: Its name in the engine.
        columns: Names of its columns, as the file has them.
        rows: How many rows were read.
        broken: How many lines could not be; ``examples`` shows the first.
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
        broken, examples = _refused_rows(db, plain, table, columns)
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
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            for line, lines, row, says in _rows(reader):
                if row and not says and len(row) != len(columns):
                    says = f"{len(row)} cells instead of {len(columns)}"
                if says:
                    told = _unended(lines) if lines > 1 else says
                    broken.append(Broken(line=line, says=told, lines=lines))
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
    return sum(one.lines for one in broken), tuple(broken[:MOST_BROKEN])


def _rows(reader: Any) -> Iterator[tuple[int, int, list[str], str]]:
    """Line, lines, cells and what is wrong, of each row; it goes on after what is none."""
    while True:
        line = reader.line_num + 1
        row, says = [], ""
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            says = str(error)
        yield line, max(1, reader.line_num + 1 - line), row, says


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


def _refused_rows(
    db: Engine, file: Path, table: str, columns: tuple[str, ...]
) -> tuple[int, tuple[Broken, ...]]:
    """How many lines the engine refused, and the first of them."""
    rows = int(db.one(f"SELECT count(DISTINCT line) FROM {table}_errors") or 0)
    first = _rejects(db, table, "true")
    unended = [one for one in _rejects(db, table, SEVERAL_LINES) if one.lines > 1]
    if not unended:
        return rows, first
    # The engine keeps no more than the beginning of a row: what nobody else has taken is its own.
    breaks = (
        f"coalesce(length({c}) - length(replace({c}, chr(10), '')), 0)" for c in map(name, columns)
    )
    within = int(db.one(f"SELECT sum({' + '.join(breaks)}) FROM {table}") or 0)
    known = sum(one.lines for one in unended) + rows - len(unended)
    longest = max(unended, key=lambda one: one.lines)
    rest = max(0, _lines(file) - 1 - _count(db, table) - within - known)
    takes = {one.line: one.lines + (rest if one is longest else 0) for one in unended}
    told = {one.line: one for one in (*first, *unended)}
    examples = (
        replace(one, lines=takes[one.line], says=_unended(takes[one.line]))
        if one.line in takes
        else one
        for one in sorted(told.values(), key=lambda one: one.line)
    )
    return known + rest, tuple(islice(examples, MOST_BROKEN))


def _rejects(db: Engine, table: str, which: str) -> tuple[Broken, ...]:
    rows = db.rows(
        f"SELECT line, any_value(csv_line), min(error_message) FROM {table}_errors"
        f" WHERE {which} GROUP BY line ORDER BY line LIMIT {MOST_BROKEN}"
    )
    return tuple(
        Broken(line=int(line), says=str(says).split("\n", 1)[0], lines=_lines_in(str(row)))
        for line, row, says in rows
    )


def _lines_in(row: str) -> int:
    return 1 + row.rstrip("\r\n").count("\n")


def _unended(lines: int) -> str:
    """What is wrong with a row of many lines that is none."""
    after = "the line after it" if lines == 2 else f"the {lines - 1:,} lines after it"
    return f"a quote is opened here and not closed: it takes {after} along"


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
    broken = max(0, _lines(plain) - rows)
    return Export(
        file=str(file),
        table=table,
        columns=tuple(map(str, paths)),
        rows=rows,
        broken=broken,
        examples=tuple(islice(_no_objects(plain), MOST_BROKEN)) if broken else (),
    )


def _no_objects(file: Path) -> Iterator[Broken]:
    """Lines that are no JSON object, and why."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                if not isinstance(orjson.loads(line), dict):
                    yield Broken(line=number, says="it is no object")
            except orjson.JSONDecodeError as error:
                yield Broken(line=number, says=f"it is no JSON: {error.msg}")


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
