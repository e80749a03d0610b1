"""``X-RateLimit-*``, with ``X-RateLimit-Reset`` as milliseconds since the epoch."""

from __future__ import annotations

import math
from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota."""
    tight = min(readings, key=lambda r: r.remaining)
    return (
        ("X-RateLimit-Limit", str(tight.quota)),
        ("X-RateLimit-Remaining", str(tight.remaining)),
        ("X-RateLimit-Reset", str(math.ceil((now + tight.reset_seconds) * 1000))),
    )
