"""Whether two JSON values say the same, and where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

__all__ = ["Difference", "differences", "same"]

MISSING: Any = object()
MOST = 200


class Difference(NamedTuple):
    """
    One place in which two values differ.

    Args:
        path: As contracts write it, with positions in lists: ``lines[0].sku``.
        kind: ``missing``, ``added`` or ``changed``, as seen from the expected one.
    """

    path: str
    kind: str
    expected: Any
    actual: Any


def same(expected: Any, actual: Any) -> bool:
    """Whether two values say the same: numbers by what they count, texts letter by letter."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and expected.keys() == actual.keys()
            and all(same(value, actual[name]) for name, value in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(actual, list)
            and len(expected) == len(actual)
            and all(map(same, expected, actual))
        )
    if isinstance(expected, (int, float, Decimal)):
        return isinstance(actual, (int, float, Decimal)) and _exact(expected) == _exact(actual)
    return type(expected) is type(actual) and bool(expected == actual)


def _exact(number: Any) -> Decimal:
    return Decimal(repr(number)) if isinstance(number, float) else Decimal(number)


def differences(
    expected: Any, actual: Any, *, null_is_absent: bool = False
) -> tuple[Difference, ...]:
    """
    Where two values differ, the first ``MOST`` places.

    Args:
        null_is_absent: Whether a member that is null is as good as none.
    """
    found: list[Difference] = []
    for difference in _walk("", expected, actual, null_is_absent):
        found.append(difference)
        if len(found) == MOST:
            break
    return tuple(found)


def _walk(path: str, expected: Any, actual: Any, lenient: bool) -> Iterator[Difference]:
    if isinstance(expected, dict) and isinstance(actual, dict):
        for name in dict.fromkeys((*expected, *actual)):
            where = f"{path}.{name}" if path else name
            old, new = expected.get(name, MISSING), actual.get(name, MISSING)
            if lenient:
                old, new = (MISSING if value is None else value for value in (old, new))
            yield from _member(where, old, new, lenient)
    elif isinstance(expected, list) and isinstance(actual, list):
        for index in range(max(len(expected), len(actual))):
            old = expected[index] if index < len(expected) else MISSING
            new = actual[index] if index < len(actual) else MISSING
            yield from _member(f"{path}[{index}]", old, new, lenient)
    elif not same(expected, actual):
        yield Difference(path, "changed", expected, actual)


def _member(path: str, expected: Any, actual: Any, lenient: bool) -> Iterator[Difference]:
    if expected is MISSING:
        if actual is not MISSING:
            yield Difference(path, "added", None, actual)
    elif actual is MISSING:
        yield Difference(path, "missing", expected, None)
    else:
        yield from _walk(path, expected, actual, lenient)
