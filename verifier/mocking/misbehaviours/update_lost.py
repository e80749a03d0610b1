"""An update is answered with success and changes nothing.

Imitates a cache in front of the database that is never written through.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked

__all__ = ["forgets"]


def forgets(asked: Asked) -> bool:
    """No change is kept."""
    return asked.role in ("update", "replace")
