"""A day later in the source is a day later in the target, give or take a clock change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from verifier.mapping.chains import value_at
from verifier.mapping.edges import Ground
from verifier.mapping.edges.clocks import at
from verifier.mapping.placing import taken
from verifier.mapping.testing.relation import Holds, Pair, Relation, Wrong

__all__ = ["RELATION"]

STARTS = tuple(datetime(2027, month, day, 12, 0) for month in range(1, 13) for day in (1, 12, 28))


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.of_kind("date", "datetime"):
        for start in STARTS:
            values = [at(ground, site, start + timedelta(days=more)) for more in (0, 1)]
            first, second = (ground.with_values((site.path, value)) for value in values)
            yield Pair(first, second, f"{site.path} is {values[0]}, and a day later")


def _holds(ground: Ground) -> Holds:
    paths = [
        rule.target
        for rule, _ in ground.mapping.contract.rules()
        if value_at(ground.mapping.target, rule.target).typed in ("date", "datetime")
    ]

    def holds(first: Any, second: Any) -> Wrong | None:
        for path in paths:
            for one, other in zip(taken(first, path), taken(second, path), strict=False):
                days = _days_between(one, other)
                if days is not None and not 0 <= days <= 2:
                    return Wrong(str(path), f"it is {one}, and {other} a day later")
        return None

    return holds


def _days_between(one: Any, other: Any) -> float | None:
    if isinstance(one, str) and isinstance(other, str):
        try:
            return (date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days
        except ValueError:
            return None
    numbers = isinstance(one, (int, Decimal)) and isinstance(other, (int, Decimal))
    return None if not numbers or other >= one else -1.0


RELATION = Relation(says="a day later is a day later", pairs=_pairs, holds=_holds)
