"""Nouns whose costly fields are read when somebody first asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from threading import RLock
from typing import Any, TypeVar, cast

__all__ = ["READING", "Read", "deferred", "field_of"]

Read = Callable[[str], Any]
Noun = TypeVar("Noun")
_set = object.__setattr__

READING = RLock()
"""Held while something is read: whoever reads remembers, and threads may share a noun."""


def deferred(noun: type[Noun], read: Read, /, **known: Any) -> Noun:
    """
    A noun of which some fields have not been read yet; nobody who uses it can tell.

    Args:
        noun: Its class, a frozen one with slots whose ``__getattr__`` is ``field_of``.
        read: Hands back the value of a field by its name; asked once a field at most.
        known: The other fields.
    """
    made, kind = object.__new__(noun), cast("Any", noun)
    _set(made, "_read", read)
    for name, value in known.items():
        _set(made, name, value)
    for name, make in _own(kind):
        _set(made, name, make())
    return made


@cache
def _own(noun: Any) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """Fields that a noun keeps for itself, and how they begin."""
    found = []
    for field in fields(noun):
        make = field.default_factory
        if not field.init and make is not MISSING:
            found.append((field.name, make))
    return tuple(found)


def field_of(noun: Any, name: str) -> Any:
    """What Python asks for a field that is not there yet."""
    if name.startswith("_") or name not in noun.__slots__:
        raise AttributeError(f"{type(noun).__name__} has no attribute '{name}'")
    with READING:
        value = noun._read(name)
        _set(noun, name, value)
    return value
