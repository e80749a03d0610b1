"""Azure: nothing until it is too much, then the wait in seconds and in milliseconds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["refuse", "tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """Nothing."""
    return ()


def refuse(reading: Reading, now: float) -> Headers:
    """Three spellings of one wait."""
    milliseconds = str(math.ceil(reading.retry_seconds * 1000))
    return (
        ("Retry-After", str(math.ceil(reading.retry_seconds))),
        ("retry-after-ms", milliseconds),
        ("x-ms-retry-after-ms", milliseconds),
    )
