"""Two editions of a document, from anywhere, held against each other."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from verifier import diffing, loading
from verifier.errors import UsageError
from verifier.model import Comparison, Contract, Schema, Side, Usage, Used

__all__ = ["Edition", "compare"]

OPERATION = re.compile(r"[A-Z]+ /\S*")
Edition = str | Path | Contract | Mapping[str, Any]


def compare(
    old: Edition,
    new: Edition,
    *,
    profile: str = "wire",
    policy: str = "",
    today: datetime.date | None = None,
    witnesses: bool = True,
    used: Sequence[str | Path] = (),
    waivers: Sequence[str | Path] = (),
) -> Comparison:
    """
    Everything that differs between two editions; see ``verifier.diff``.

    Raises:
        DocumentError: One of them cannot be read.
        UsageError: There is no profile or policy of that name.
    """
    with loading.paused_collection():
        before, after = _contract(old), _contract(new)
        try:
            return diffing.compare(
                before,
                after,
                profile=profile,
                policy=policy,
                today=today,
                search=_search if witnesses else None,
                usage=_usage(used) if used else None,
                waivers=[waiver for path in waivers for waiver in loading.read_waivers(Path(path))],
            )
        finally:
            _forget(before, after)


def _forget(*contracts: Contract) -> None:
    """A service compares for months: nothing of two editions may outlive them."""
    sampling = sys.modules.get("verifier.sampling")  # where nothing was sampled nothing was kept
    if sampling is not None:
        for contract in contracts:
            sampling.forget(contract.document)


def _usage(used: Sequence[str | Path]) -> Usage:
    """What recorded runs used, and operations that are named: ``GET /items``."""
    from verifier import recording  # start-up time

    found = Usage()
    for one in used:
        path = Path(one)
        if path.is_dir():
            found = found.merged(recording.RunUsage(path).usage())
        elif isinstance(one, str) and OPERATION.fullmatch(one):
            found = found.merged(Usage(operations={one: Used()}, sources=(one,)))
        else:
            raise UsageError(
                f"'{one}' is neither a recorded run nor an operation",
                mend="Give the folder of a run, or a method and a path: 'GET /items'.",
            )
    return found


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
    from verifier import sampling  # start-up time
    from verifier.validating import Direction

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
    return loading.load(edition, resources=False, skimmed=True)
