"""Creates two things with one and the same key of the caller's.

Imitates a reference that is kept without a unique index.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked

__all__ = ["lets_twins"]


def lets_twins(asked: Asked) -> bool:
    """Always."""
    return True
