"""Another currency of as many digits changes the currency, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.currencies import CURRENCIES
from verifier.mapping.edges import Ground
from verifier.mapping.placing import taken
from verifier.mapping.sameness import differences
from verifier.mapping.testing.relation import Holds, Pair, Relation, Wrong

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    for site in ground.of_kind("currency"):
        value = next(taken(ground.base, site.path), None)
        for code in site.facts.enum or ("USD", "GBP"):
            if code != value and CURRENCIES.get(code) == CURRENCIES.get(str(value)):
                record = ground.with_values((site.path, code))
                yield Pair(ground.base, record, f"{site.path} is {code} instead of {value}")


def _holds(ground: Ground) -> Holds:
    currencies = {
        str(path)
        for path, meaning in ground.mapping.target.meaning.items()
        if meaning.kind == "currency"
    }

    def holds(first: Any, second: Any) -> Wrong | None:
        for where in differences(first, second):
            if where.path not in currencies:
                return Wrong(where.path, f"it was {where.expected!r}, and is {where.actual!r}")
        return None

    return holds


RELATION = Relation(
    says="another currency changes the currency, and nothing else", pairs=_pairs, holds=_holds
)
