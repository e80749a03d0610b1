"""Random records: several special values at once, lists of any length, texts of any letters."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from verifier.mapping.edges import Ground, Site
from verifier.mapping.nouns import Block, Path
from verifier.mapping.placing import placed, taken
from verifier.mapping.testing.case import Case

__all__ = ["drawn"]

SHARE = 0.25
MOST_ITEMS = 6
LETTERS = "abcXYZ 019.-_'&<\u00e9\u00df\u0130\u4e2d\u0301\u200d\U0001f600\u00a0\u202e"
NOTHING: Any = object()


def drawn(ground: Ground, swept: Iterable[Case], count: int) -> Iterator[Case]:
    """
    So many records, each with some fields drawn from the values of the sweep, or at random.

    Args:
        swept: The cases of the sweep, whose values are drawn from.
    """
    rng = random.Random(ground.seed + 1)  # noqa: S311  (made-up records, no secret)
    pools = _pools(ground, swept)
    for _ in range(count):
        record: Any = _with_lists(ground, rng, pools)
        for site in ground.sites:
            if rng.random() < SHARE and not _in_list(ground, site):
                record = placed(record, site.path, _value(site, pools, rng))
        yield Case(record=ground.consistent(record), phase="random", says="drawn at random")


def _pools(ground: Ground, swept: Iterable[Case]) -> dict[Path, list[Any]]:
    pools: dict[Path, list[Any]] = {}
    sites = {site.path for site in ground.sites}
    for case in swept:
        if case.path in sites:
            value = next(taken(case.record, case.path), NOTHING)
            if value is not NOTHING and case.path is not None:
                pools.setdefault(case.path, []).append(value)
    return pools


def _value(site: Site, pools: dict[Path, list[Any]], rng: random.Random) -> Any:
    pool = pools.get(site.path, [])
    if pool and rng.random() < 0.6:
        return rng.choice(pool)
    if site.text and site.kind != "phone":
        return "".join(rng.choices(LETTERS, k=rng.randrange(1, 70)))
    if site.number:
        return _number(site, rng)
    if site.truth:
        return rng.random() < 0.5
    return rng.choice(pool) if pool else None


def _number(site: Site, rng: random.Random) -> Any:
    whole = rng.choice((1, 10, 1000, 10**6))
    value = rng.randrange(0, whole + 1)
    if site.facts.only == "integer":
        return value
    return Decimal(value).scaleb(-rng.choice((0, 1, 2, 2, 3)))


def _in_list(ground: Ground, site: Site) -> bool:
    return any(site.path.inside(block.each) for block in ground.blocks)


def _with_lists(ground: Ground, rng: random.Random, pools: dict[Path, list[Any]]) -> Any:
    record: Any = ground.base
    for block in ground.blocks:
        items = [_item(ground, block, rng, pools) for _ in range(rng.randrange(1, MOST_ITEMS))]
        last = block.each.parts[-1]
        whole = Path((*block.each.parts[:-1], last._replace(many=False)))
        record = placed(record, whole, items)
    return record


def _item(ground: Ground, block: Block, rng: random.Random, pools: dict[Path, list[Any]]) -> Any:
    item: Any = next(taken(ground.base, block.each), {})
    for site in ground.sites:
        below = site.path.below(block.each) if site.path.inside(block.each) else Path(())
        if below.parts and rng.random() < SHARE:
            item = placed(item, below, _value(site, pools, rng))
    return item
