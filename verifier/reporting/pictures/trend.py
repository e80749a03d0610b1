"""How a vendor stood from run to run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from verifier.catalogue import Catalogue
from verifier.model import Standing
from verifier.reporting.drawing import Curve, Dot, Drawing, Figure, Label, Shape, Stroke, Table

__all__ = ["draw"]

MOST_RUNS = 40
WIDTH = 720
HEIGHT = 140
LEFT = 40
TOP = 16


def draw(
    standings: Sequence[Standing], say: Catalogue, *, name: str = "trend-picture"
) -> Figure | None:
    """
    The behaviour's score of each run, its letter above; nothing for fewer than two of them.

    Args:
        name: Of the figure, where a page has several.
    """
    scored = [s for s in standings if s.score is not None][-MOST_RUNS:]
    if len(scored) < 2:
        return None
    heads = tuple(say(f"trend.{head}") for head in ("day", "letter", "score", "failed", "run"))
    rows = [
        (_day(s), s.letter, "" if s.score is None else say.number(s.score, 1), str(s.failed), s.run)
        for s in standings
    ]
    return Figure(
        name=name,
        title=say("trend.title"),
        says=say("trend.says", n=len(scored), first=scored[0].letter, last=scored[-1].letter),
        drawing=Drawing(WIDTH, TOP + HEIGHT + 28, tuple(_shapes(scored))),
        table=Table(heads, rows),
    )


def _day(standing: Standing) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(standing.at))


def _shapes(scored: Sequence[Standing]) -> Iterator[Shape]:
    foot = TOP + HEIGHT
    for tick in (0, 50, 100):
        y = foot - tick / 100 * HEIGHT
        yield Stroke(LEFT, y, WIDTH, y, "grid")
        yield Label(LEFT - 8, y + 4, str(tick), "soft", "end")
    room = WIDTH - LEFT - 40
    points = tuple(
        (
            round(LEFT + 20 + index / (len(scored) - 1) * room, 1),
            round(foot - (standing.score or 0) / 100 * HEIGHT, 1),
        )
        for index, standing in enumerate(scored)
    )
    yield Curve(points, "bar")
    for index, ((x, y), standing) in enumerate(zip(points, scored, strict=True)):
        title = f"{_day(standing)}: {standing.letter}, {standing.score:g}"
        yield Dot(x, y, 4, "dot", title)
        if len(scored) <= 20 or index in (0, len(scored) - 1):
            above = y - 10 if y > TOP + 12 else y + 20
            yield Label(x, above, standing.letter, "ink", "middle")
    yield Label(points[0][0], foot + 18, _day(scored[0]), "soft")
    yield Label(points[-1][0], foot + 18, _day(scored[-1]), "soft", "end")
