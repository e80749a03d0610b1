"""Only ``Retry-After``, once it is too much (Slack, and whoever tells nothing before)."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """Nothing."""
    return ()
