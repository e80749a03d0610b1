"""Examples made smaller, as long as they still show what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.placing import copied

__all__ = ["shrunk"]

MOST_TRIES = 150
SHORT = 8


def shrunk(record: Any, plain: Any, fails: Callable[[Any], bool]) -> Any:
    """
    A smaller record that still fails.

    Args:
        plain: A record that does not fail; values are taken back to it first.
        fails: Whether a record shows the same; it is asked at most ``MOST_TRIES`` times.
    """
    if not isinstance(record, dict):
        return record
    left = MOST_TRIES
    progress = True
    while progress and left > 0:
        progress = False
        for candidate in _smaller(record, plain):
            if left == 0:
                break
            left -= 1
            if fails(candidate):
                record, progress = candidate, True
                break
    return record


def _smaller(record: Any, plain: Any) -> Iterator[Any]:
    yield from _taken_back(record, plain)
    yield from _left_out(record)
    yield from _simpler(record)


def _places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, one in inner:
        yield (*at, key)
        yield from _places(one, (*at, key))


def _at(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        found = isinstance(value, dict) and key in value
        found = found or (isinstance(value, list) and isinstance(key, int) and key < len(value))
        if not found:
            return None
        value = value[key]
    return value


def _with(record: Any, place: tuple[Any, ...], value: Any) -> Any:
    made = copied(record)
    _at(made, place[:-1])[place[-1]] = value
    return made


def _taken_back(record: Any, plain: Any) -> Iterator[Any]:
    for place in _places(record):
        mine, theirs = _at(record, place), _at(plain, place)
        if theirs is not None and repr(mine) != repr(theirs):
            yield _with(record, place, copied(theirs))


def _left_out(record: Any) -> Iterator[Any]:
    for place in sorted(_places(record), key=len):
        made = copied(record)
        holder = _at(made, place[:-1])
        del holder[place[-1]]
        yield made


def _simpler(record: Any) -> Iterator[Any]:
    for place in _places(record):
        for value in _values(_at(record, place)):
            yield _with(record, place, value)


def _values(value: Any) -> Iterator[Any]:
    """Simpler values than one, the simplest first."""
    if isinstance(value, str) and len(value) > 1:
        half = len(value) // 2
        if len(value) > SHORT:
            yield value[:half]
            yield value[half:]
        yield value[:-1]
        yield value[1:]
    elif isinstance(value, Decimal):
        if value != value.to_integral_value():
            yield Decimal(int(value))
            yield value.quantize(Decimal("0.1"))
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > 1:
        yield 1
        yield value // 2
