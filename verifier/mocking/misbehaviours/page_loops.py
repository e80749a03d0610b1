"""The last page says that there is one more, which is the last page again.

Imitates a cursor that is taken from the request where the query finds no further one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.mocking.paging import Page
from verifier.mocking.state import Row

__all__ = ["paged"]


def paged(asked: Asked, page: Page, rows: Sequence[Row]) -> Page:
    """There is always another page: the last leads to itself."""
    if not page.here or page.more:
        return page
    return replace(page, turns={**page.turns, "next": page.here})
