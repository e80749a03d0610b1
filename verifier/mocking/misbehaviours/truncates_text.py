"""Long text is cut without a word.

Imitates database columns that are shorter than the document says.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.asked import Asked

__all__ = ["stored"]

LONGEST = 60


def stored(asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    """Text is kept up to a length."""
    return {name: held[:LONGEST] if isinstance(held, str) else held for name, held in given.items()}
