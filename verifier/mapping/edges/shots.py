"""What an edge case makes of a contract: records to be mapped, batches to be matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from verifier.mapping.nouns import Path

__all__ = ["Hand", "Shot"]


class Shot(NamedTuple):
    """
    A record to be mapped.

    Args:
        says: What is special about it.
        path: The field that is; None where it is the record as a whole.
        old: What the target holds already; None for nothing.
    """

    record: Any
    says: str
    path: Path | None = None
    old: Mapping[str, Any] | None = None


class Hand(NamedTuple):
    """
    A batch to be matched.

    Args:
        candidates: What the target has.
        links: Source's id to the target's.
    """

    records: Sequence[Mapping[str, Any]]
    candidates: Sequence[Mapping[str, Any]]
    links: Mapping[str, Any]
    says: str
