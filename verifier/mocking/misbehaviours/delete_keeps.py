"""A deletion is answered with success and the item stays.

Imitates soft deletion that the read path does not know of.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked

__all__ = ["forgets"]


def forgets(asked: Asked) -> bool:
    """Nothing is deleted."""
    return asked.role == "delete"
