"""Keep the first of equal items of a list; for lists in which it means nothing to stand twice."""

from __future__ import annotations

from typing import Any

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    def step(items: list[Any]) -> list[Any]:
        kept: list[Any] = []
        for item in items:
            if not any(type(item) is type(other) and item == other for other in kept):
                kept.append(item)
        return kept

    return step


OPERATION = Operation(nature=Nature.NORMALISING, takes=("list",), gives="list", make=_make)
