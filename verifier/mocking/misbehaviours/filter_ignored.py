"""Documented filters are ignored.

Imitates query parameters that were renamed in the code and not in the document.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked

__all__ = ["filters"]


def filters(asked: Asked) -> bool:
    """No filter is obeyed."""
    return False
