"""What pictures are made of: a few shapes on a plane, toned by name, and the table behind them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from msgspec import Struct

__all__ = [
    "STAMP",
    "Box",
    "Curve",
    "Dot",
    "Drawing",
    "Figure",
    "Label",
    "Shape",
    "Stamp",
    "Stroke",
    "Table",
    "column",
]


class Box(Struct, frozen=True):
    """A rectangle; ``title`` is what it tells when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    title: str = ""


class Stroke(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    tone: str


class Dot(Struct, frozen=True):
    """A circle."""

    x: float
    y: float
    radius: float
    tone: str
    title: str = ""


class Curve(Struct, frozen=True):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    tone: str


class Stamp(Struct, frozen=True):
    """The mark of an outcome's status, in a square of ``drawing.STAMP``; drawn once, set often."""

    x: float
    y: float
    status: str


class Label(Struct, frozen=True):
    """
    Text; it stands on the page, or on a box of a tint, never on a full tone.

    Args:
        anchor: ``start``, ``middle`` or ``end``: which part of it stands at ``x``.
        turned: Whether it is read from bottom to top.
    """

    x: float
    y: float
    text: str
    tone: str = "ink"
    anchor: str = "start"
    turned: bool = False


Shape = Box | Stroke | Dot | Curve | Stamp | Label
STAMP = 16
LETTER = 6.75  # the width of a letter of 11 pixels
GAP = 24


@dataclasses.dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are painted, on a plane of that size."""

    width: float
    height: float
    shapes: tuple[Shape, ...] = dataclasses.field(repr=False)


class Table(Struct, frozen=True):
    """The same figures to be read: a heading a column, and rows of that length."""

    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def column(texts: Iterable[str], letters: int) -> float:
    """How wide a column of monospaced labels is that are cut at so many letters."""
    longest = max((len(text) for text in texts), default=0)
    return round(LETTER * min(longest, letters)) + GAP


class Figure(Struct, frozen=True, kw_only=True):
    """
    A picture with what it says in words and figures.

    Args:
        name: Its anchor in the page.
        title: What it shows.
        says: What can be seen in it, for those who do not see it too.
        key: Words beside the tones that they explain.
    """

    name: str
    title: str
    says: str
    drawing: Drawing
    table: Table
    key: tuple[tuple[str, str], ...] = ()
