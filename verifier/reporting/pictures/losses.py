"""What a mapping loses by design, and who has agreed to it."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.catalogue import Catalogue
from verifier.model import Loss, Losses
from verifier.reporting.drawing import STAMP, Drawing, Figure, Label, Shape, Stamp, Stroke, Table
from verifier.reporting.text import bounded

__all__ = ["draw"]

MOST_ROWS = 40
LETTERS = 72
SIGNED = 30
ROW = 24
LETTER = 6.75


def draw(found: Losses, name: str, title: str, say: Catalogue) -> Figure | None:
    """A line for each loss, with a mark for whether somebody has agreed to it."""
    if not found.rows:
        return None
    rows = found.rows[:MOST_ROWS]
    unsigned = sum(loss.needs_signature and not loss.signed for loss in found.rows)
    used = {_mark(loss) for loss in rows}
    heads = ("field", "says", "because", "signed", "place")
    return Figure(
        name=name,
        title=title,
        says=say("losses.says", n=unsigned, all=len(found.rows)),
        drawing=_drawing(rows, say),
        table=Table(
            tuple(say(f"losses.head.{head}") for head in heads),
            [
                (row.field, row.says, row.because, _signed(row, say), row.place)
                for row in found.rows
            ],
        ),
        key=tuple((mark, say(f"losses.{mark}")) for mark in MARKS if mark in used),
    )


MARKS = ("pass", "review", "not applicable")


def _mark(loss: Loss) -> str:
    if loss.signed:
        return "pass"
    return "review" if loss.needs_signature else "not applicable"


def _signed(loss: Loss, say: Catalogue) -> str:
    if loss.signed:
        return loss.signed
    return say("losses.review") if loss.needs_signature else say("losses.not applicable")


def _drawing(rows: tuple[Loss, ...], say: Catalogue) -> Drawing:
    texts = [bounded(f"{row.field}: {row.says}", LETTERS) for row in rows]
    middle = STAMP + 10 + round(LETTER * max(map(len, texts))) + 20
    width = middle + round(LETTER * SIGNED)
    return Drawing(width, ROW * len(rows) + 4, tuple(_lines(rows, texts, middle, width, say)))


def _lines(
    rows: tuple[Loss, ...], texts: list[str], middle: float, width: float, say: Catalogue
) -> Iterator[Shape]:
    for number, (row, text) in enumerate(zip(rows, texts, strict=True)):
        y = number * ROW
        yield Stamp(0, y + 2, _mark(row))
        yield Label(STAMP + 10, y + 14, text, "ink")
        if row.signed or row.needs_signature:
            yield Label(middle, y + 14, bounded(_signed(row, say), SIGNED), "soft")
        yield Stroke(0, y + ROW - 2, width, y + ROW - 2, "grid")
