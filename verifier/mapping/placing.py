"""Values put into a record, taken from it, and left out, by path; the record itself stays."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.nouns import Path

__all__ = ["ABSENT", "copied", "exact", "placed", "placed_in", "taken", "without"]


def copied(value: Any) -> Any:
    """A copy in which nothing is shared."""
    if value.__class__ is dict:
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if value.__class__ is list else value


def exact(value: Any) -> Any:
    """A copy in which doubles are the decimals that they are written as."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, dict):
        return {name: exact(inner) for name, inner in value.items()}
    return [exact(inner) for inner in value] if isinstance(value, list) else value


def placed(record: Any, path: Path, value: Any) -> Any:
    """A copy with a value at a path, in the first item of each list; ABSENT takes it out."""
    made = copied(record)
    placed_in(made, path, value)
    return made


def placed_in(record: Any, path: Path, value: Any) -> None:
    """Put a value into a record itself, making what is above it."""
    parts = path.parts
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if record.__class__ is not dict:
            return
        if last and not part.many:
            _set(record, part.name, value)
            return
        if part.many:
            record = _first_item(record, part.name, value if last else None, last)
            if record is None:
                return
        else:
            inner = record.get(part.name)
            if inner.__class__ is not dict:
                if value is ABSENT:
                    return
                inner = record[part.name] = {}
            record = inner


def _set(record: dict[str, Any], name: str, value: Any) -> None:
    if value is ABSENT:
        record.pop(name, None)
    else:
        record[name] = value


def _first_item(record: dict[str, Any], name: str, value: Any, last: bool) -> Any:
    items = record.get(name)
    if items.__class__ is not list or not items:
        items = record[name] = [{}]
    if not last:
        return items[0]
    if value is ABSENT:
        del items[0]
    else:
        items[0] = value
    return None


def without(record: Any, path: Path) -> Any:
    """A copy without the field at a path."""
    return placed(record, path, ABSENT)


def taken(record: Any, path: Path) -> Iterator[Any]:
    """Every value at a path, one for each item of its lists; none where it is not there."""
    if not path.parts:
        yield record
        return
    part, rest = path.parts[0], Path(path.parts[1:])
    if record.__class__ is not dict or part.name not in record:
        return
    inner = record[part.name]
    if not part.many:
        yield from taken(inner, rest)
    elif inner.__class__ is list:
        for item in inner:
            yield from taken(item, rest)
