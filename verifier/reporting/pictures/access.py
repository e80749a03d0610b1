"""Who got through where: principals against operations."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.catalogue import Catalogue
from verifier.model import Access, AccessMatrix
from verifier.reporting.drawing import (
    STAMP,
    Drawing,
    Figure,
    Label,
    Shape,
    Stamp,
    Stroke,
    Table,
    column,
)
from verifier.reporting.text import bounded

__all__ = ["draw"]

MOST_ROWS = 60
MOST_PRINCIPALS = 16
LABEL_LETTERS = 50
HEAD_HEIGHT = 110
COLUMN = 34
ROW = 22
# What it looks like: as it should be, or not; the words stand in the key and in the table.
STATUS = {
    Access.ALLOWED: "pass",
    Access.REFUSED: "refused",
    Access.LET_IN: "fail",
    Access.SHUT_OUT: "warning",
    Access.UNTESTED: "not tested",
}


def draw(matrix: AccessMatrix, name: str, title: str, say: Catalogue) -> Figure | None:
    """A mark for each operation and principal; nothing without either."""
    principals = matrix.principals[:MOST_PRINCIPALS]
    rows = [(key, cells[:MOST_PRINCIPALS]) for key, cells in matrix.rows.items()]
    if not principals or not rows:
        return None
    used = {cell for _, cells in rows for cell in cells}
    wrong = sum(c in (Access.LET_IN, Access.SHUT_OUT) for _, cells in rows for c in cells)
    heads = (say("access.operation"), *principals)
    return Figure(
        name=name,
        title=title,
        says=say("access.says", n=wrong, operations=len(rows), principals=len(principals)),
        drawing=_drawing(principals, rows[:MOST_ROWS]),
        table=Table(heads, [(key, *(_word(c, say) for c in cells)) for key, cells in rows]),
        key=tuple((STATUS[cell], _word(cell, say)) for cell in Access if cell in used),
    )


def _word(cell: Access, say: Catalogue) -> str:
    return say(f"access.{cell.value}")


def _drawing(principals: tuple[str, ...], rows: list[tuple[str, tuple[Access, ...]]]) -> Drawing:
    left = column((key for key, _ in rows), LABEL_LETTERS)
    width = left + COLUMN * len(principals)
    shapes = (*_heads(principals, left), *_marks(rows, left, width))
    return Drawing(width, HEAD_HEIGHT + ROW * len(rows) + 2, shapes)


def _heads(principals: tuple[str, ...], left: float) -> Iterator[Shape]:
    for index, principal in enumerate(principals):
        x = left + index * COLUMN + COLUMN / 2 + 4
        yield Label(x, HEAD_HEIGHT - 8, bounded(principal, 16), "ink", turned=True)


def _marks(
    rows: list[tuple[str, tuple[Access, ...]]], left: float, width: float
) -> Iterator[Shape]:
    for row, (key, cells) in enumerate(rows):
        y = HEAD_HEIGHT + row * ROW
        yield Label(0, y + 13, bounded(key, LABEL_LETTERS), "mono")
        for index, cell in enumerate(cells):
            x = left + index * COLUMN + (COLUMN - STAMP) / 2
            yield Stamp(x, y + 1, STATUS[cell])
        yield Stroke(0, y + ROW - 2, width, y + ROW - 2, "grid")
