"""Members that have one of a few documented values have another.

Imitates a state that was added to the code and not to the document.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.kinds.schemas import choices
from verifier.model import Schema

__all__ = ["shown"]


def shown(asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
    """Every text of an enumeration is one that nobody knows."""
    item = asked.practice.item
    known = item.members() if item is not None else {}
    return {name: _new(known.get(name), held) for name, held in value.items()}


def _new(member: Schema | None, held: Any) -> Any:
    return "pending_review" if choices(member) and isinstance(held, str) else held
