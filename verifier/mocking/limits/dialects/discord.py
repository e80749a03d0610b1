"""Discord: seconds with fractions, a bucket, and whose limit it was on a 429."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["refuse", "tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota."""
    tight = min(readings, key=lambda r: r.remaining)
    return (
        ("X-RateLimit-Limit", str(tight.quota)),
        ("X-RateLimit-Remaining", str(tight.remaining)),
        ("X-RateLimit-Reset", f"{now + tight.reset_seconds:.3f}"),
        ("X-RateLimit-Reset-After", f"{tight.reset_seconds:.3f}"),
        ("X-RateLimit-Bucket", tight.rule.name),
    )


def refuse(reading: Reading, now: float) -> Headers:
    """Seconds to wait, and that they are this user's."""
    return (("Retry-After", f"{reading.retry_seconds:.3f}"), ("X-RateLimit-Scope", "user"))
