"""Shopify: used over size of the bucket, and ``Retry-After`` with a decimal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["refuse", "tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest bucket."""
    tight = min(readings, key=lambda r: r.remaining)
    return (("X-Shopify-Shop-Api-Call-Limit", f"{tight.used}/{tight.quota}"),)


def refuse(reading: Reading, now: float) -> Headers:
    """Seconds, with a decimal."""
    return (("Retry-After", f"{math.ceil(reading.retry_seconds * 10) / 10:.1f}"),)
