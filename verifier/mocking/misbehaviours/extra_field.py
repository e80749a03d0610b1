"""Items hold a member that the document does not know.

Imitates internal columns that slip into the public representation.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.asked import Asked

__all__ = ["shown"]


def shown(asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
    """An internal member is told."""
    return {**value, "internal_shard": 7}
