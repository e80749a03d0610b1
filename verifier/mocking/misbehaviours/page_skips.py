"""Every page but the first lacks its first item.

Imitates an offset that counts from one.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.mocking.paging import Page
from verifier.mocking.state import Row

__all__ = ["paged"]


def paged(asked: Asked, page: Page, rows: Sequence[Row]) -> Page:
    """One item is never told."""
    if not page.rows or page.rows[0] is rows[0]:
        return page
    return replace(page, rows=page.rows[1:])
