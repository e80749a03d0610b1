"""A list of what changed since a time lacks what was changed, and has only what was created.

Imitates a filter on the wrong column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.mocking.asked import Asked
from verifier.mocking.state import Row

__all__ = ["listed"]

SINCE = re.compile(r"since|updated|modified|changed", re.IGNORECASE)


def listed(asked: Asked, rows: Sequence[Row]) -> Sequence[Row]:
    """What was changed after it was created is left out."""
    if not any(SINCE.search(name) for name in asked.draft.query):
        return rows
    return [row for row in rows if row.version == 1]
