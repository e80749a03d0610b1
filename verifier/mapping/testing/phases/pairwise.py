"""Pairwise: few records in which every two values of two fields meet."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from verifier.mapping.edges import Ground
from verifier.mapping.exact_json import dumps
from verifier.mapping.nouns import Path
from verifier.mapping.placing import placed, taken
from verifier.mapping.testing.case import Case

__all__ = ["pairwise"]

MOST_LEVELS = 4
MOST_RECORDS = 200
TRIES = 12
NOTHING: Any = object()

Factor = tuple[Path, list[Any]]


def pairwise(ground: Ground, swept: Iterable[Case]) -> Iterator[Case]:
    """
    Records that cover all pairs of the values that the sweep has tried one at a time.

    Only values with which the contract maps the record: one that withholds it would hide all
    others.

    Args:
        swept: The cases of the sweep.
    """
    factors = _factors(ground, swept)
    rng = random.Random(ground.seed)  # noqa: S311  (made-up records, no secret)
    for chosen in _covering([len(levels) for _, levels in factors], rng):
        record: Any = ground.base
        for (path, levels), level in zip(factors, chosen, strict=True):
            record = placed(record, path, levels[level])
        yield Case(
            record=ground.consistent(record), phase="pairwise", says="values that meet in pairs"
        )


def _factors(ground: Ground, swept: Iterable[Case]) -> list[Factor]:
    """For each field the values that lead to different results, the plain one first."""
    levels: dict[Path, dict[bytes, Any]] = {}
    for case in swept:
        site = next((site for site in ground.sites if site.path == case.path), None)
        if site is None or site.path in ground.derived:
            continue
        value = next(taken(case.record, site.path), NOTHING)
        done = ground.executor.map(case.record)
        known = levels.setdefault(site.path, {})
        if value is NOTHING or done.target is None or len(known) >= MOST_LEVELS:
            continue
        known.setdefault(dumps(done.target), value)
    return [(path, list(found.values())) for path, found in levels.items() if len(found) > 1]


def _covering(sizes: Sequence[int], rng: random.Random) -> Iterator[tuple[int, ...]]:
    """Rows of levels that cover every pair of levels of every two factors; greedy."""
    wanted = {
        (one, first, other, second)
        for one, other in combinations(range(len(sizes)), 2)
        for first in range(sizes[one])
        for second in range(sizes[other])
    }
    count = 0
    while wanted and count < MOST_RECORDS:
        seed = min(wanted)
        rows = [_row(sizes, seed, rng) for _ in range(TRIES)]
        best = max(rows, key=lambda row: sum(_covers(row, pair) for pair in wanted))
        wanted = {pair for pair in wanted if not _covers(best, pair)}
        count += 1
        yield best


def _row(
    sizes: Sequence[int], seed: tuple[int, int, int, int], rng: random.Random
) -> tuple[int, ...]:
    row = [rng.randrange(size) for size in sizes]
    row[seed[0]], row[seed[2]] = seed[1], seed[3]
    return tuple(row)


def _covers(row: tuple[int, ...], pair: tuple[int, int, int, int]) -> bool:
    return row[pair[0]] == pair[1] and row[pair[2]] == pair[3]
