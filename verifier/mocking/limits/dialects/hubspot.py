"""HubSpot: a daily quota and one of some seconds."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The longest window is told as daily, the shortest in milliseconds."""
    short = min(readings, key=lambda r: r.rule.window_seconds)
    long = max(readings, key=lambda r: r.rule.window_seconds)
    return (
        ("X-HubSpot-RateLimit-Daily", str(long.quota)),
        ("X-HubSpot-RateLimit-Daily-Remaining", str(long.remaining)),
        ("X-HubSpot-RateLimit-Interval-Milliseconds", str(round(short.rule.window_seconds * 1000))),
        ("X-HubSpot-RateLimit-Max", str(short.quota)),
        ("X-HubSpot-RateLimit-Remaining", str(short.remaining)),
    )
