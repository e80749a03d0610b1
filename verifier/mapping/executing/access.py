"""Reading and writing fields of a record by path, compiled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from verifier.mapping.absent import ABSENT
from verifier.mapping.nouns import Path

__all__ = ["ABSENT", "Getter", "Setter", "getter", "remover", "setter"]

Getter = Callable[[Any], Any]
Setter = Callable[[dict[str, Any], Any], None]


def getter(path: Path) -> Getter:
    """
    Reads a field of a record; ``ABSENT`` where it, or something above it, is not there.

    A path without steps is the record itself. Lists are not entered: who reads items does that.
    """
    names = path.names
    if not names:
        return lambda record: record
    if len(names) == 1:
        name = names[0]
        return lambda record: record.get(name, ABSENT) if record.__class__ is dict else ABSENT
    if len(names) == 2:
        return _two(*names)
    outer, last = getter(path.parent), names[-1]

    def deep(record: Any) -> Any:
        inner = outer(record)
        return inner.get(last, ABSENT) if inner.__class__ is dict else ABSENT

    return deep


def _two(outer: str, last: str) -> Getter:
    def two(record: Any) -> Any:
        inner = record.get(outer) if record.__class__ is dict else None
        return inner.get(last, ABSENT) if inner.__class__ is dict else ABSENT

    return two


def setter(path: Path) -> Setter:
    """Writes a field of a record, making the objects above it."""
    names = path.names
    last = names[-1]
    if len(names) == 1:

        def one(record: dict[str, Any], value: Any) -> None:
            record[last] = value

        return one

    def deep(record: dict[str, Any], value: Any) -> None:
        for name in names[:-1]:
            inner = record.get(name)
            if inner.__class__ is not dict:
                inner = record[name] = {}
            record = inner
        record[last] = value

    return deep


def remover(path: Path) -> Callable[[dict[str, Any]], None]:
    """Takes a field out of a record, if it is there."""
    outer, last = getter(path.parent), path.last

    def remove(record: dict[str, Any]) -> None:
        inner = outer(record)
        if inner.__class__ is dict:
            inner.pop(last, None)

    return remove
