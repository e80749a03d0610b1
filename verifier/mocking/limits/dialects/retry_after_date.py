"""Only ``Retry-After``, once it is too much, as a date (RFC 9110, 10.2.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["refuse", "tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """Nothing."""
    return ()


def refuse(reading: Reading, now: float) -> Headers:
    """The first whole second at which it is possible again."""
    ends = datetime.fromtimestamp(math.ceil(now + reading.retry_seconds), UTC)
    return (("Retry-After", format_datetime(ends, usegmt=True)),)
