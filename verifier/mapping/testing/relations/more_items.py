"""One item more gives one item more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.mapping.edges import Ground
from verifier.mapping.nouns import Path
from verifier.mapping.placing import placed, taken
from verifier.mapping.testing.relation import Holds, Pair, Relation, Wrong

__all__ = ["RELATION"]


def _pairs(ground: Ground) -> Iterator[Pair]:
    for block in ground.blocks:
        whole = Path((*block.each.parts[:-1], block.each.parts[-1]._replace(many=False)))
        items = next(taken(ground.base, whole), None)
        for count in (1, 2, 9, 24, 60):
            if isinstance(items, list) and items:
                few, many = (
                    ground.consistent(placed(ground.base, whole, items[:1] * n))
                    for n in (count, count + 1)
                )
                yield Pair(few, many, f"{count} items of {whole}, and one more")


def _holds(ground: Ground) -> Holds:
    def holds(first: Any, second: Any) -> Wrong | None:
        for block in ground.blocks:
            whole = Path((*block.target.parts[:-1], block.target.parts[-1]._replace(many=False)))
            lists = [next(taken(made, whole), None) for made in (first, second)]
            counts = [len(items) if isinstance(items, list) else -1 for items in lists]
            if counts[1] != counts[0] + 1:
                return Wrong(str(whole), f"it has {counts[0]} items, and {counts[1]} with one more")
        return None

    return holds


RELATION = Relation(says="one item more gives one item more", pairs=_pairs, holds=_holds)
