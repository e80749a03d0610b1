"""Three fields, ``RateLimit-Reset`` in seconds (draft-ietf-httpapi-ratelimit-headers-00 to -06)."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota, with every policy behind the limit."""
    tight = min(readings, key=lambda r: r.remaining)
    policies = ", ".join(f"{r.quota};w={r.window}" for r in readings)
    return (
        ("RateLimit-Limit", f"{tight.quota}, {policies}"),
        ("RateLimit-Remaining", str(tight.remaining)),
        ("RateLimit-Reset", str(tight.resets_in)),
    )
