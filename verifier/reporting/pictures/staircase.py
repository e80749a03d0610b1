"""What it let through at which pace, beside the limit that it documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verifier.catalogue import Catalogue
from verifier.model import RateStaircase, RateStep
from verifier.reporting.drawing import Box, Drawing, Figure, Label, Shape, Stroke, Table
from verifier.reporting.pictures.scale import Scale, linear
from verifier.reporting.text import bounded

__all__ = ["draw"]

MOST_STEPS = 40
BEYOND = 4  # so many times as high as all others, a step is cut: they are what is to be read
WIDTH = 720
HEIGHT = 180
LEFT = 60
TOP = 20
GAP = 5


def draw(stairs: RateStaircase, name: str, title: str, say: Catalogue) -> Figure | None:
    """A step for each pace, as high as the pace; nothing without steps."""
    steps = stairs.steps[:MOST_STEPS]
    if not steps:
        return None
    limit = stairs.documented_per_second
    scale = linear(_height(steps, limit), HEIGHT)
    reached = max((s.per_second for s in steps if not s.refused), default=0)
    heads = tuple(say(f"stairs.{head}") for head in ("pace", "sent", "refused"))
    says = say("stairs.says", most=say.plain(reached)) + " "
    says += (
        say("stairs.documented", limit=say.plain(limit)) if limit else say("stairs.undocumented")
    )
    most = max(step.per_second for step in steps)
    if most > scale.most:
        says += " " + say("stairs.cut", pace=say.plain(most))
    return Figure(
        name=name,
        title=title,
        says=says,
        drawing=Drawing(WIDTH, TOP + HEIGHT + 26, tuple(_shapes(steps, limit, scale, say))),
        table=Table(heads, [(say.plain(s.per_second), str(s.sent), str(s.refused)) for s in steps]),
        key=(("good", say("stairs.key-through")), ("hollow", say("stairs.key-refused"))),
    )


def _height(steps: Sequence[RateStep], limit: float | None) -> float:
    """The greatest pace to be drawn whole."""
    *others, most = sorted((*(step.per_second for step in steps), limit or 0.0))
    below = others[-1]
    return below * BEYOND / 2 if 0 < below < most / BEYOND else most


def _shapes(
    steps: Sequence[RateStep], limit: float | None, scale: Scale, say: Catalogue
) -> Iterator[Shape]:
    foot = TOP + HEIGHT
    for tick in scale.ticks:
        y = foot - scale.at(tick)
        yield Stroke(LEFT, y, WIDTH, y, "grid")
        yield Label(LEFT - 8, y + 4, say.plain(tick), "soft", "end")
    yield Label(0, 11, say("stairs.axis"), "soft")
    wide = (WIDTH - LEFT) / len(steps)
    for index, step in enumerate(steps):
        x, height = LEFT + index * wide + 2, scale.at(step.per_second)
        bad = height * min(1.0, step.refused / step.sent) if step.sent else 0.0
        title = say(
            "stairs.step", pace=say.plain(step.per_second), n=step.sent, refused=step.refused
        )
        top = foot - height
        if bad:  # hollow, so that colour is not the only difference
            yield Box(
                round(x, 1), round(top, 1), round(wide - 4, 1), round(bad, 1), "hollow", title
            )
        good = round(height - bad, 1)
        if step.per_second > scale.most:  # a gap says that it goes on
            yield from _cut(x, top + bad, wide - 4, good, title)
            good = 0.0
        if good:
            yield Box(round(x, 1), round(top + bad, 1), round(wide - 4, 1), good, "good", title)
        if wide >= 26:
            middle = x + wide / 2 - 2
            yield Label(middle, foot + 16, bounded(say.plain(step.per_second), 8), "soft", "middle")
    if limit:
        y = foot - scale.at(limit)
        yield Stroke(LEFT, y, WIDTH, y, "mark")
        yield Label(LEFT + 6, y - 6, say("stairs.limit", limit=say.plain(limit)))


def _cut(x: float, top: float, wide: float, height: float, title: str) -> Iterator[Shape]:
    upper = round(height * 0.15, 1)
    yield Box(round(x, 1), round(top, 1), round(wide, 1), upper, "good", title)
    rest = round(height - upper - GAP, 1)
    yield Box(round(x, 1), round(top + upper + GAP, 1), round(wide, 1), rest, "good", title)
