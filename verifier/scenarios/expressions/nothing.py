"""The value of an expression that leads nowhere: absent, which is not the same as null."""

from __future__ import annotations

import enum
from typing import Any, Final

__all__ = ["NOTHING", "Nothing", "plain"]


class Nothing(enum.Enum):
    """There is no value; not even null."""

    NOTHING = "nothing"

    def __repr__(self) -> str:
        return "nothing"


NOTHING: Final = Nothing.NOTHING


def plain(value: Any) -> Any:
    """A value with null in place of nothing: what a condition compares."""
    return None if value is NOTHING else value
