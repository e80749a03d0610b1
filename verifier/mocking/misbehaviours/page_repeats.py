"""Every page but the first begins with the last item of the page before.

Imitates an "at or after" where "after" was meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.mocking.paging import Page
from verifier.mocking.state import Row

__all__ = ["paged"]


def paged(asked: Asked, page: Page, rows: Sequence[Row]) -> Page:
    """One item is told twice."""
    if not page.rows or page.rows[0] is rows[0]:
        return page
    first = next(index for index, row in enumerate(rows) if row is page.rows[0])
    return replace(page, rows=(rows[first - 1], *page.rows))
