"""Two editions of a document, from anywhere, held against each other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verifier import diffing, loading, sampling
from verifier.model import Comparison, Contract, Schema, Side
from verifier.validating import Direction

__all__ = ["Edition", "compare"]

Edition = str | Path | Contract | Mapping[str, Any]


def compare(
    old: Edition,
    new: Edition,
    *,
    profile: str = "wire",
    policy: str = "",
    today: datetime.date | None = None,
    witnesses: bool = True,
) -> Comparison:
    """
    Everything that differs between two editions; see ``verifier.diff``.

    Raises:
        DocumentError: One of them cannot be read.
        UsageError: There is no profile or policy of that name.
    """
    return diffing.compare(
        _contract(old),
        _contract(new),
        profile=profile,
        policy=policy,
        today=today,
        search=_search if witnesses else None,
    )


def _search(
    giver: Schema,
    taker: Schema,
    side: Side,
    *,
    keywords: frozenset[str],
    member: str,
    hints: tuple[Any, ...],
    likely: tuple[Schema, ...],
) -> Any:
    """The sampler as a source of witnesses."""
    direction = Direction.RESPONSE if side is Side.RESPONSE else Direction.REQUEST
    try:
        return sampling.disagreement(
            giver,
            taker,
            direction,
            keywords=keywords,
            member=member,
            hints=hints,
            likely=likely,
        )
    except sampling.Unsatisfiable as error:
        raise LookupError(str(error)) from None


def _contract(edition: Edition) -> Contract:
    if isinstance(edition, Contract):
        return edition
    if isinstance(edition, Mapping):
        return loading.from_mapping(edition)
    return loading.load(edition)
