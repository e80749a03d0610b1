"""
Multiply numbers, exactly: ``{from: [unit_price, qty], combine: product}``.

Rounding comes when the product is written, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal
from typing import Any

from verifier.mapping.operations.combining.combination import Combination
from verifier.mapping.operations.operation import Nature

__all__ = ["COMBINATION"]

EXACT = Context(prec=400)


def _make(argument: None) -> Callable[[Sequence[Any]], Decimal]:
    def step(parts: Sequence[Any]) -> Decimal:
        found = Decimal(1)
        for part in parts:
            found = EXACT.multiply(found, Decimal(part))
        return found

    return step


COMBINATION = Combination(
    nature=Nature.LOSSY, takes=("number",), gives="number", needs_all=True, make=_make
)
