"""A creation is answered with success and nothing is kept.

Imitates writes to a queue whose consumer is down.
"""

from __future__ import annotations

from verifier.mocking.asked import Asked

__all__ = ["forgets"]


def forgets(asked: Asked) -> bool:
    """Nothing that is created is kept."""
    return asked.role == "create"
