"""What only Python can work out, once for each different value, as a table to be joined."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from typing import Any

from verifier.mapping.reconciling.engine import Engine, name, text

__all__ = ["tabulated", "translated"]

TABLES = {"source": "a", "target": "b"}
# No value of a system: what a cell of the file holds where there is none.
NOTHING = "\\0-nothing"


def translated(
    db: Engine, side: str, column: str, alias: str, function: Callable[[str], str | None]
) -> str:
    """SQL of a column's values put through a function."""
    table = TABLES[side]
    made = tabulated(
        db,
        f"SELECT DISTINCT {name(column)} FROM {table} WHERE {name(column)} IS NOT NULL",
        1,
        lambda values: function(values[0]),
    )
    return f"(SELECT d.made FROM {made} d WHERE d.k0 = {alias}.{name(column)})"


def tabulated(
    db: Engine, query: str, width: int, function: Callable[[Sequence[Any]], str | None]
) -> str:
    """
    A table of a query's rows (``k0``, ``k1`` ...) and what a function makes of each (``made``).

    Args:
        width: How many columns the query has.
    """
    number = len(list(db.folder.glob("made-*")))
    path = db.folder / f"made-{number}.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        for rows in db.each(query):
            for row in rows:
                made = function(row)
                cells = [NOTHING if cell is None else cell for cell in (*row, made)]
                writer.writerow(cells)
    columns = ", ".join(f"'k{index}': 'VARCHAR'" for index in range(width))
    table = f"made_{number}"
    db.run(
        f"CREATE TABLE {table} AS SELECT * FROM read_csv({text(path)}, auto_detect = false,"
        f" header = false, delim = ',', quote = '\"', escape = '\"', nullstr = {text(NOTHING)},"
        f" columns = {{{columns}, 'made': 'VARCHAR'}})"
    )
    return table
