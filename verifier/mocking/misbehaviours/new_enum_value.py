"""Members that have one of a few documented values have another.

Imitates a state that was added to the code and not to the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from verifier.mocking.asked import Asked
from verifier.mocking.representing import members
from verifier.model import Schema

__all__ = ["shown"]


def shown(asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
    """Every text of an enumeration is one that nobody knows."""
    known = members(asked.practice.item)
    return {name: _new(known.get(name), held) for name, held in value.items()}


def _new(member: Schema | None, held: Any) -> Any:
    node = member.resolved().value if member is not None else None
    choices = node.get("enum") if isinstance(node, Mapping) else None
    return "pending_review" if choices and isinstance(held, str) else held
