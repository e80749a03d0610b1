"""What stands in a field that is not there: not null, and not empty either."""

from __future__ import annotations

from typing import Any

__all__ = ["ABSENT"]


class _Absent:
    """What a field holds that is not there."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "absent"

    def __bool__(self) -> bool:
        return False


ABSENT: Any = _Absent()
