"""Members that are documented as read-only can be set by a caller.

Imitates mass assignment: the whole body is handed to the persistence layer.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked

__all__ = ["writes_read_only"]


def writes_read_only(asked: Asked) -> bool:
    """Every member of an update is taken."""
    return asked.role in ("update", "replace")
