"""``RateLimit`` as one dictionary (draft-ietf-httpapi-ratelimit-headers-07)."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota, and every policy."""
    tight = min(readings, key=lambda r: r.remaining)
    limit = f"limit={tight.quota}, remaining={tight.remaining}, reset={tight.resets_in}"
    policies = ", ".join(f"{r.quota};w={r.window}" for r in readings)
    return (("RateLimit-Policy", policies), ("RateLimit", limit))
