"""What the columns of an export look like: facts, before anything is compared."""

from __future__ import annotations

from verifier.mapping.reconciling.engine import Engine, name
from verifier.mapping.reconciling.exports import Export
from verifier.mapping.reconciling.report import Column
from verifier.mapping.reconciling.translations import none_if_blank

__all__ = ["profile"]

DATE = "'^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{2,4}'"
SAMPLE = 200_000


def profile(db: Engine, export: Export) -> tuple[Column, ...]:
    """The profile of every column, in one pass."""
    parts = []
    for index, column in enumerate(export.columns):
        cell = name(column)
        parts.append(
            f"count({none_if_blank(cell)}) AS f{index}, approx_count_distinct({cell}) AS d{index},"
            f" max(length({cell})) AS l{index}, max(strlen({cell})) AS b{index}"
        )
    rows = db.rows(f"SELECT {', '.join(parts)} FROM {export.table}") if parts else []
    values = [value or 0 for value in rows[0]] if rows else []
    return tuple(
        _column(db, export, column, values[4 * index : 4 * index + 4])
        for index, column in enumerate(export.columns)
    )


def _column(db: Engine, export: Export, column: str, values: list[int]) -> Column:
    filled, distinct, longest, longest_bytes = map(int, values)
    ascii_only = longest == longest_bytes
    utf16 = longest if ascii_only else _utf16(db, export, column)
    return Column(
        name=column,
        filled=filled,
        empty=export.rows - filled,
        distinct=min(distinct, filled) if filled else 0,
        longest=(longest, utf16, longest_bytes),
        dates=_dates(db, export, column),
    )


def _utf16(db: Engine, export: Export, column: str) -> int:
    cell = name(column)
    astral = f"length(regexp_replace({cell}, '[^\\x{{10000}}-\\x{{10FFFF}}]', '', 'g'))"
    return int(db.one(f"SELECT max(length({cell}) + {astral}) FROM {export.table}") or 0)


def _dates(db: Engine, export: Export, column: str) -> str:
    """Whether day or month comes first, as far as the values can tell."""
    cell = name(column)
    first, second = (f"TRY_CAST(regexp_extract({cell}, {DATE}, {n}) AS INTEGER)" for n in (1, 2))
    found = db.rows(
        f"SELECT count(*) FILTER (regexp_matches({cell}, {DATE})), count(*),"
        f" count(*) FILTER ({first} > 12), count(*) FILTER ({second} > 12)"
        f" FROM (SELECT {cell} FROM {export.table} WHERE {cell} <> '' LIMIT {SAMPLE})"
    )
    dates, rows, days_first, months_first = found[0]
    if not rows or dates < rows * 0.9:
        return ""
    if days_first and months_first:
        return f"both orders: {days_first} with the day first, {months_first} with the month first"
    if days_first:
        return "day first"
    return "month first" if months_first else "undecidable: no day is beyond the twelfth"
