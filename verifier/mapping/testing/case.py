"""One record to be asked about, and why it was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from verifier.mapping.nouns import Path

__all__ = ["PHASES", "Case"]

PHASES = ("sweep", "pairwise", "random", "samples")


class Case(Struct, frozen=True, kw_only=True):
    """
    One record.

    Args:
        phase: Of ``PHASES``.
        says: What is special about it.
        edge: Number of the edge case; 0 where it is none.
        path: The source's field that is special; None where it is not one.
        old: What the target holds already.
        real: Whether it comes from real data, which is masked where it is shown.
    """

    record: Any
    phase: str
    says: str
    edge: int = 0
    path: Path | None = None
    old: Mapping[str, Any] | None = None
    real: bool = False
