"""Anthropic: requests, with the reset as a time (RFC 3339)."""

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
        ("anthropic-ratelimit-requests-limit", str(tight.quota)),
        ("anthropic-ratelimit-requests-remaining", str(tight.remaining)),
        ("anthropic-ratelimit-requests-reset", ends.strftime("%Y-%m-%dT%H:%M:%SZ")),
    )
