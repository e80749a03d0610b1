"""The offset of a time is dropped, and the rest taken for UTC.

Imitates columns of the type "timestamp without time zone".
"""

from __future__ import annotations

import re
from typing import Any

from verifier.mocking.asked import Asked

OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$")

__all__ = ["stored"]


def stored(asked: Asked, given: dict[str, Any]) -> dict[str, Any]:
    """Every time becomes UTC by name only."""
    return {name: _local(held) for name, held in given.items()}


def _local(value: Any) -> Any:
    if isinstance(value, str) and OFFSET.match(value):
        return f"{value[:19]}Z"
    return value
