"""Take the first item of a list; the others are lost, and entered in the ledger."""

from __future__ import annotations

from typing import Any

from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Missing

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    def step(items: list[Any]) -> Any:
        if not items:
            raise Missing("the list is empty")
        return items[0]

    return step


def _lost(items: list[Any], item: Any) -> bool:
    return len(items) > 1


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("list",), gives="any", make=_make, lost=_lost, reason="others left"
)
