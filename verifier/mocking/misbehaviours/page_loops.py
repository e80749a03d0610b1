"""The last page says that there is one more, which is the last page again.

Imitates a cursor that is taken from the request where the query finds no further one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verifier.mocking.asked import Asked
from verifier.mocking.paging import Page
from verifier.mocking.state import Row

__all__ = ["paged"]


def paged(asked: Asked, page: Page, rows: Sequence[Row]) -> Page:
    """There is always another page."""
    if not page.rows or page.rows[-1] is not rows[-1] or page.rows[0] is rows[0]:
        return page
    first = next(index for index, row in enumerate(rows) if row is page.rows[0])
    back = rows[first - 1].id
    told = {name: _more(value, back) for name, value in page.members.items()}
    return replace(page, members=told)


def _more(value: object, back: str) -> object:
    if value is None:
        return back
    return True if value is False else value
