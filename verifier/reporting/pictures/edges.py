"""The hundred edge cases of mappings as a board: a mark for each, in the order of their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from verifier.catalogue import Catalogue
from verifier.model import EdgeCase, EdgeCases
from verifier.reporting.drawing import STAMP, Drawing, Figure, Label, Shape, Stamp, Table

__all__ = ["draw"]

IN_A_ROW = 20
COLUMN = 30
ROW = 38
MARK = {
    "found": "fail",
    "covered": "pass",
    "not exercised": "not tested",
    "not applicable": "not applicable",
}


def draw(found: EdgeCases, name: str, title: str, say: Catalogue) -> Figure | None:
    """A board of marks; nothing where there are no cases."""
    if not found.cases:
        return None
    counts = Counter(case.state for case in found.cases)
    heads = ("number", "case", "state", "asked", "because")
    return Figure(
        name=name,
        title=title,
        says=say(
            "edges.says",
            covered=counts["covered"],
            found=counts["found"],
            open=counts["not exercised"],
            none=counts["not applicable"],
        ),
        drawing=_drawing(found.cases),
        table=Table(
            tuple(say(f"edges.head.{head}") for head in heads),
            [_row(case, say) for case in found.cases],
        ),
        key=tuple((MARK[state], say(f"edges.{state}")) for state in MARK if counts[state]),
    )


def _row(case: EdgeCase, say: Catalogue) -> tuple[str, ...]:
    asked = say.number(case.asked) if case.asked else ""
    return (str(case.number), case.title, say(f"edges.{case.state}"), asked, case.because)


def _drawing(cases: tuple[EdgeCase, ...]) -> Drawing:
    rows = -(-len(cases) // IN_A_ROW)
    return Drawing(COLUMN * IN_A_ROW, ROW * rows, tuple(_marks(cases)))


def _marks(cases: tuple[EdgeCase, ...]) -> Iterator[Shape]:
    for place, case in enumerate(cases):
        x, y = place % IN_A_ROW * COLUMN, place // IN_A_ROW * ROW
        yield Stamp(x + (COLUMN - STAMP) / 2, y, MARK[case.state])
        yield Label(x + COLUMN / 2, y + STAMP + 13, str(case.number), "soft", "middle")
