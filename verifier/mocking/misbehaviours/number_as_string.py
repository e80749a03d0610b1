"""Integers are sent as text.

Imitates databases whose drivers hand back big numbers as strings.
"""

from __future__ import annotations

from typing import Any

from verifier.mocking.asked import Asked

__all__ = ["shown"]


def shown(asked: Asked, value: dict[str, Any]) -> dict[str, Any]:
    """Every whole number becomes text."""
    return {name: _text(held) for name, held in value.items()}


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _text(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_text(held) for held in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
