"""The fields of two systems side by side, and what leads from the one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.catalogue import Catalogue
from verifier.model import Correspondence, FieldState, Link, LinkState, MappedField
from verifier.reporting.drawing import (
    STAMP,
    Curve,
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

MOST_ROWS = 80
LABEL_LETTERS = 34
HEAD_HEIGHT = 30
ROW = 22
BETWEEN = 240
BENDS = 12
MARK = {FieldState.USED: "pass", FieldState.LEFT: "not applicable", FieldState.OPEN: "not tested"}
LINE = {
    LinkState.SOUND: "good",
    LinkState.LOSSY: "edge",
    LinkState.OPEN: "warn",
    LinkState.WRONG: "bad",
}


def draw(found: Correspondence, name: str, title: str, say: Catalogue) -> Figure | None:
    """Two columns of fields with a line for each rule; nothing where a side has no fields."""
    if not found.source or not found.target:
        return None
    states = [link.state for link in found.links]
    used = {field.state for field in (*found.source, *found.target)}
    return Figure(
        name=name,
        title=title,
        says=say(
            "meaning.says",
            n=len(found.links),
            open=states.count(LinkState.OPEN),
            wrong=states.count(LinkState.WRONG),
            lossy=states.count(LinkState.LOSSY),
            policies=found.open_policies,
        ),
        drawing=_drawing(found),
        table=_table(found, say),
        key=(
            *((LINE[s], say(f"meaning.link.{s.name}")) for s in LinkState if s in states),
            *((MARK[s], say(f"meaning.field.{s.name}")) for s in FieldState if s in used),
        ),
    )


def _table(found: Correspondence, say: Catalogue) -> Table:
    heads = ("target", "source", "how", "state", "says", "place")
    links = {link.target: link for link in found.links}
    rows = [_row(link, say) for link in found.links]
    rows += [_lonely(f, say, target=True) for f in found.target if f.path not in links]
    read = {path for link in found.links for path in link.sources}
    rows += [_lonely(f, say, target=False) for f in found.source if f.path not in read]
    return Table(tuple(say(f"meaning.head.{head}") for head in heads), rows)


def _row(link: Link, say: Catalogue) -> tuple[str, ...]:
    state = say(f"meaning.link.{link.state.name}")
    return (link.target, ", ".join(link.sources), link.how, state, link.says, link.place)


def _lonely(field: MappedField, say: Catalogue, *, target: bool) -> tuple[str, ...]:
    """A field that no rule has: it is told why, or that nobody has said why."""
    ends = (field.path, "") if target else ("", field.path)
    return (*ends, "", say(f"meaning.field.{field.state.name}"), "", "")


def _drawing(found: Correspondence) -> Drawing:
    mine, theirs = _shown(found.source, found, 0), _shown(found.target, found, 1)
    left = column((f.path for f in mine), LABEL_LETTERS)
    right = column((f.path for f in theirs), LABEL_LETTERS)
    ends = (left + STAMP, left + STAMP + BETWEEN)
    rows = max(len(mine), len(theirs))
    shapes = (
        Label(0, 16, bounded(found.systems[0], LABEL_LETTERS), "ink"),
        Label(ends[1] + STAMP + 8, 16, bounded(found.systems[1], LABEL_LETTERS), "ink"),
        *_lines(found, mine, theirs, ends),
        *_column(mine, 0.0, ends[0] - STAMP),
        *_column(theirs, ends[1] + STAMP + 8, ends[1]),
    )
    return Drawing(ends[1] + STAMP + 8 + right, HEAD_HEIGHT + ROW * rows + 4, shapes)


def _shown(
    fields: Sequence[MappedField], found: Correspondence, side: int
) -> tuple[MappedField, ...]:
    """The fields that are drawn: those with a line first, where there are too many."""
    if len(fields) <= MOST_ROWS:
        return tuple(fields)
    linked = {p for link in found.links for p in ((link.target,) if side else link.sources)}
    return tuple(sorted(fields, key=lambda field: field.path not in linked)[:MOST_ROWS])


def _column(fields: Sequence[MappedField], text: float, mark: float) -> Iterator[Shape]:
    for row, field in enumerate(fields):
        y = HEAD_HEIGHT + row * ROW
        label = f"{field.path}{' *' if field.required else ''}"
        yield Label(text, y + 13, bounded(label, LABEL_LETTERS), "mono")
        yield Stamp(mark, y + 1, MARK[field.state])


def _lines(
    found: Correspondence,
    mine: Sequence[MappedField],
    theirs: Sequence[MappedField],
    ends: tuple[float, float],
) -> Iterator[Shape]:
    rows = {field.path: row for row, field in enumerate(mine)}
    places = {field.path: row for row, field in enumerate(theirs)}
    # The worst lines are painted last, over the others.
    for link in sorted(found.links, key=lambda link: list(LinkState).index(link.state)):
        for source in link.sources:
            if source in rows and link.target in places:
                yield _bent(ends, rows[source], places[link.target], LINE[link.state])
        if not link.sources and link.target in places:
            y = HEAD_HEIGHT + places[link.target] * ROW + ROW / 2 - 2
            yield Stroke(ends[1] - STAMP, y, ends[1], y, LINE[link.state])


def _bent(ends: tuple[float, float], one: int, other: int, tone: str) -> Curve:
    """A line from a row to a row that leaves and arrives level."""
    first, last = (HEAD_HEIGHT + row * ROW + ROW / 2 - 2 for row in (one, other))
    points = []
    for step in range(BENDS + 1):
        share = step / BENDS
        eased = share * share * (3 - 2 * share)
        x = ends[0] + 4 + (ends[1] - ends[0] - 8) * share
        points.append((round(x, 1), round(first + (last - first) * eased, 1)))
    return Curve(tuple(points), tone)
