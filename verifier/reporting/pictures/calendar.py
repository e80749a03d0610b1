"""What ends or changes, and when, on one line of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from verifier.catalogue import Catalogue
from verifier.model import ChangeTimeline, Dated
from verifier.reporting.drawing import Dot, Drawing, Figure, Label, Shape, Stroke, Table
from verifier.reporting.text import bounded

__all__ = ["draw"]

MOST_ROWS = 24
WIDTH = 720
LABEL_WIDTH = 400
LABEL_LETTERS = 44
ROW = 24
TOP = 26
TONES = {"release": "good", "change": "dot", "deprecation": "warn", "sunset": "bad"}


def draw(
    timeline: ChangeTimeline, today: date, name: str, title: str, say: Catalogue
) -> Figure | None:
    """
    A row for what happens alike on a day, and a line for today; nothing without dates.

    Where there are too many rows the earliest are left to the table.
    """
    dates = sorted(timeline.dates, key=lambda one: (one.day, one.says))
    if not dates:
        return None
    ahead = sum(date.fromisoformat(one.day) >= today for one in dates)
    heads = tuple(say(f"calendar.{head}") for head in ("day", "kind", "what"))
    rows = _rows(dates)[-MOST_ROWS:]
    kinds = dict.fromkeys(row[0].kind for row in rows)
    return Figure(
        name=name,
        title=title,
        says=say("calendar.says", n=len(dates), ahead=ahead),
        drawing=Drawing(WIDTH, TOP + ROW * len(rows) + 8, tuple(_shapes(rows, today, say))),
        table=Table(heads, [(one.day, _named(one.kind, say), one.says) for one in dates]),
        key=tuple((TONES.get(kind, "dot"), _named(kind, say)) for kind in kinds),
    )


def _named(kind: str, say: Catalogue) -> str:
    return say(f"calendar.{kind}") if kind in TONES else kind


def _rows(dates: Sequence[Dated]) -> list[list[Dated]]:
    grouped: dict[tuple[str, str], list[Dated]] = {}
    for one in dates:
        grouped.setdefault((one.day, one.kind), []).append(one)
    return list(grouped.values())


def _shapes(rows: Sequence[Sequence[Dated]], today: date, say: Catalogue) -> Iterator[Shape]:
    days = [date.fromisoformat(row[0].day) for row in rows]
    first, last = min(*days, today), max(*days, today)
    span = max(1, (last - first).days)
    room = WIDTH - LABEL_WIDTH - 24

    def x(day: date) -> float:
        return round(LABEL_WIDTH + 12 + (day - first).days / span * room, 1)

    yield Stroke(x(today), 16, x(today), TOP + ROW * len(rows), "mark")
    anchor = "end" if x(today) > WIDTH - 60 else "middle"
    yield Label(x(today), 11, say("calendar.today"), "ink", anchor)
    for index, (row, day) in enumerate(zip(rows, days, strict=True)):
        y, one = TOP + index * ROW, row[0]
        more = f" +{len(row) - 1}" if len(row) > 1 else ""
        yield Label(0, y + 13, one.day, "soft")
        text = bounded(f"{_named(one.kind, say)}: {one.says}", LABEL_LETTERS - len(more)) + more
        yield Label(84, y + 13, text, "ink")
        yield Dot(x(day), y + 9, 5, TONES.get(one.kind, "dot"), f"{one.day}: {text}")
        yield Stroke(0, y + ROW - 3, WIDTH, y + ROW - 3, "grid")
