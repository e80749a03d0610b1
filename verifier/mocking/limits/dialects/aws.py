"""AWS: nothing until it is too much, then the wait in milliseconds, in a header of its own."""

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
    """Milliseconds."""
    return (("x-amz-retry-after", str(math.ceil(reading.retry_seconds * 1000))),)
