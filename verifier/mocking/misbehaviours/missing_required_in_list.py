"""Lists leave out a member that the item promises.

Imitates list queries that select fewer columns than the item's own.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.asked import Asked

__all__ = ["shown"]


def shown(asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
    """The last member of each listed item is left out, its id never."""
    if asked.role != "list" or asked.resource is None:
        return value
    own = asked.resource.id_field
    return {name: held for name, held in value.items() if name == own or not _stamp(name)}


def _stamp(name: str) -> bool:
    return name in ("created_at", "createdAt", "created", "currency")
