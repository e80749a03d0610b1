"""Whatever is created or deleted while somebody pages shifts the pages that are still to come.

Imitates cursors that are row numbers in disguise, on lists that begin with the newest.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.mocking.paging import Page
from verifier.mocking.state import Row

__all__ = ["begin"]

MOST = 10_000


class Positions(Struct):
    """The row number at which each page ended, by the last item of it."""

    ends: dict[tuple[str, str], int] = field(default_factory=dict)

    def listed(self, asked: Asked, rows: Sequence[Row]) -> list[Row]:
        """The newest come first."""
        return list(reversed(rows))

    def paged(self, asked: Asked, page: Page, rows: Sequence[Row]) -> Page:
        """A page begins at the row number at which the page before it ended."""
        if not page.rows:
            return page
        first = next(index for index, row in enumerate(rows) if row is page.rows[0])
        before = rows[first - 1].id if first else ""
        began = self.ends.get((asked.operation.key, before), first) if before else 0
        chosen = rows[began : began + len(page.rows)] or page.rows
        if len(self.ends) > MOST:
            self.ends.clear()
        self.ends[asked.operation.key, page.rows[-1].id] = began + len(page.rows)
        return replace(page, rows=chosen)


def begin(vendor: object) -> Positions:
    """With nothing remembered."""
    return Positions()
