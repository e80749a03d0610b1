"""Amounts are rounded to whole units.

Imitates floating-point columns and integer casts.
"""

from __future__ import annotations

import re
from typing import Any

from verifier.mocking.asked import Asked

AMOUNT = re.compile(r"-?\d+\.\d\d$")

__all__ = ["stored"]


def stored(asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    """The cents of every amount are lost."""
    return {name: _rounded(held) for name, held in given.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_rounded(held) for held in value]
    if isinstance(value, str) and AMOUNT.match(value):
        return f"{value.partition('.')[0]}.00"
    return value
