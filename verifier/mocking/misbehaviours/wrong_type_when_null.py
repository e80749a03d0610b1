"""A member that is null is sent as an empty list.

Imitates PHP back ends, where an empty map and an empty list look the same.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.asked import Asked

__all__ = ["shown"]


def shown(asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
    """Null becomes an empty list."""
    return {name: [] if held is None else held for name, held in value.items()}
