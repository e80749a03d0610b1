"""What was tested where: operations, or groups of them where they are many, against checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from verifier.catalogue import Catalogue
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
from verifier.reporting.view import Line, Matrix

__all__ = ["WORST_FIRST", "draw"]

MOST_ROWS = 60
LABEL_LETTERS = 46
LETTER = 6.6
PITCH = 20
GAP = 8
IN_PART = "pass in part"
WORST_FIRST = (
    "fail",
    "errored",
    "warning",
    "review",
    "inconclusive",
    "waived",
    "pass",
    IN_PART,
    "not tested",
    "not applicable",
)


def draw(matrix: Matrix, say: Catalogue) -> Figure | None:
    """A mark for each operation (or group) and check; nothing where nothing was tested."""
    lines = _lines(matrix)
    used = {cell for line in lines for cell in line.cells}
    if not used - {"", "not tested", "not applicable"}:
        return None
    shown = lines[:MOST_ROWS]
    left = column((line.name for line in shown), LABEL_LETTERS)
    places = [left + place for place in _places([id for id, _ in matrix.columns])]
    width = places[-1] + PITCH
    top = round(18 + LETTER * max(len(id.partition(".")[2]) for id, _ in matrix.columns))
    shapes = (*_heads(matrix, places, top), *_marks(shown, places, top))
    kinds = sum(len(group.lines) for group in matrix.groups)
    tested = sum(
        any(_told(cell) for cell in line.cells) for group in matrix.groups for line in group.lines
    )
    return Figure(
        name="coverage-picture",
        title=say("coverage.title"),
        says=say("coverage.says", tested=tested, n=kinds, checks=len(matrix.columns)),
        drawing=Drawing(width, top + PITCH * len(shown) + 4, shapes),
        table=Table((), ()),
        key=tuple((status, say(f"status.{status}")) for status in WORST_FIRST if status in used),
    )


def _told(cell: str) -> bool:
    return cell not in ("", "not tested", "not applicable")


def _lines(matrix: Matrix) -> list[Line]:
    """The operations; where they are in groups, one line a group with the worst of each check."""
    if len(matrix.groups) == 1:
        return list(matrix.groups[0].lines)
    return [
        Line(
            f"{group.name} ({len(group.lines)})",
            tuple(
                _worst(cells) for cells in zip(*(line.cells for line in group.lines), strict=True)
            ),
        )
        for group in matrix.groups
    ]


def _worst(cells: Iterable[str]) -> str:
    """What a group shows: its worst; a pass only where nothing that applies was left untested."""
    held = set(cells)
    worst = next((status for status in WORST_FIRST if status in held), "")
    return IN_PART if worst == "pass" and "not tested" in held else worst


def _places(ids: Sequence[str]) -> list[float]:
    """Where each column begins: a gap between the checks of one question and the next."""
    places: list[float] = []
    at, before = 0.0, ""
    for id in ids:
        question = id.partition(".")[0]
        at += GAP if before and question != before else 0
        places.append(at)
        at, before = at + PITCH, question
    return places


def _heads(matrix: Matrix, places: Sequence[float], top: float) -> Iterator[Shape]:
    for (id, _), place in zip(matrix.columns, places, strict=True):
        x = place + STAMP - 4
        yield Label(x, top - 8, id.partition(".")[2], "soft", turned=True)


def _marks(lines: Sequence[Line], places: Sequence[float], top: float) -> Iterator[Shape]:
    for row, line in enumerate(lines):
        y = top + row * PITCH
        yield Label(0, y + 12, bounded(line.name, LABEL_LETTERS), "mono")
        for cell, place in zip(line.cells, places, strict=True):
            if cell:
                yield Stamp(place, y, cell)
        yield Stroke(0, y + PITCH - 2, places[-1] + PITCH, y + PITCH - 2, "grid")
