"""Two editions of a document, from anywhere, held against each other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from verifier import diffing, loading
from verifier.model import Comparison, Contract

__all__ = ["Edition", "compare"]

Edition = str | Path | Contract | Mapping[str, Any]


def compare(
    old: Edition,
    new: Edition,
    *,
    profile: str = "wire",
    policy: str = "",
    today: datetime.date | None = None,
) -> Comparison:
    """
    Everything that differs between two editions; see ``verifier.diff``.

    Raises:
        DocumentError: One of them cannot be read.
        UsageError: There is no profile or policy of that name.
    """
    return diffing.compare(
        _contract(old), _contract(new), profile=profile, policy=policy, today=today
    )


def _contract(edition: Edition) -> Contract:
    if isinstance(edition, Contract):
        return edition
    if isinstance(edition, Mapping):
        return loading.from_mapping(edition)
    return loading.load(edition)
