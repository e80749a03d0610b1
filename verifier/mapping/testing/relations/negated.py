"""Amounts with the sign turned round give amounts with the sign turned round."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.edges import Ground
from verifier.mapping.placing import placed, taken
from verifier.mapping.testing.relation import Holds, Pair, Relation, Wrong

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    for amount in (Decimal(20), Decimal("19.99"), Decimal("1.25"), Decimal("0.5")):
        first, second = (_all(ground, value) for value in (amount, -amount))
        yield Pair(first, second, f"all amounts are {amount}, or {-amount}")


def _all(ground: Ground, amount: Decimal) -> Any:
    record: Any = ground.base
    for site in ground.of_kind("money"):
        if site.number:
            record = placed(record, site.path, amount)
    return ground.consistent(record)


def _holds(ground: Ground) -> Holds:
    paths = [p for p, meaning in ground.mapping.target.meaning.items() if meaning.kind == "money"]

    def holds(first: Any, second: Any) -> Wrong | None:
        for path in paths:
            for one, other in zip(taken(first, path), taken(second, path), strict=False):
                numbers = isinstance(one, (int, Decimal)) and isinstance(other, (int, Decimal))
                if numbers and one != -other:
                    return Wrong(str(path), f"it is {one}, and {other} with the sign turned round")
        return None

    return holds


RELATION = Relation(says="a refund is a sale with the sign turned", pairs=_pairs, holds=_holds)
