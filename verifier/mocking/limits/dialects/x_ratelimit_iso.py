"""``X-RateLimit-*``, with ``X-RateLimit-Reset`` as a time (RFC 3339)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota."""
    tight = min(readings, key=lambda r: r.remaining)
    ends = datetime.fromtimestamp(math.ceil(now + tight.reset_seconds), UTC)
    return (
        ("X-RateLimit-Limit", str(tight.quota)),
        ("X-RateLimit-Remaining", str(tight.remaining)),
        ("X-RateLimit-Reset", ends.strftime("%Y-%m-%dT%H:%M:%SZ")),
    )
