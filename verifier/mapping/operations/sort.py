"""Put the items of a list in order; for lists in which the order means nothing."""

from __future__ import annotations

from typing import Any

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _key(item: Any) -> tuple[str, Any]:
    number = isinstance(item, (int, float)) and not isinstance(item, bool)
    return ("", item) if number else (type(item).__name__, str(item))


def _make(argument: None) -> Step:
    return lambda items: sorted(items, key=_key)


OPERATION = Operation(nature=Nature.NORMALISING, takes=("list",), gives="list", make=_make)
