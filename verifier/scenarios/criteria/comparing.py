"""How two values compare: loosely, and strings whatever their case (Arazzo, "Criterion Object")."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["COMPARISONS", "equal", "number", "truthy"]


def truthy(value: Any) -> bool:
    """Whether a condition that came to this value holds: not false, null, 0 or an empty text."""
    return value is not None and value is not False and value != 0 and value != ""


def equal(left: Any, right: Any) -> bool:
    """
    Whether two values are equal.

    Null equals null alone; numbers and truth values equal their texts; the case of texts, also of
    those inside lists and objects, does not count.
    """
    if left is None or right is None:
        return left is None and right is None
    if isinstance(left, bool) or isinstance(right, bool):
        return _truth(left) is not None and _truth(left) is _truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return left.keys() == right.keys() and all(equal(left[name], right[name]) for name in left)
    first, second = number(left), number(right)
    return first is not None and first == second


def number(value: Any) -> float | int | None:
    """A number, or the number that a text stands for; None for anything else."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not value.strip() or "_" in value:
        return None
    try:
        return int(value)
    except ValueError:
        pass
    try:
        found = float(value)
    except ValueError:
        return None
    return found if found - found == 0 else None


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.casefold())
    return None


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def ordered(left: Any, right: Any) -> bool:
        first, second = number(left), number(right)
        if first is not None and second is not None:
            return compare(first, second)
        if isinstance(left, str) and isinstance(right, str):
            return compare(left.casefold(), right.casefold())
        return False

    return ordered


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
}
