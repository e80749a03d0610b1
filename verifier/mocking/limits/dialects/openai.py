"""OpenAI: requests, with the reset as a length of time such as ``6m0s``."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota."""
    tight = min(readings, key=lambda r: r.remaining)
    return (
        ("x-ratelimit-limit-requests", str(tight.quota)),
        ("x-ratelimit-remaining-requests", str(tight.remaining)),
        ("x-ratelimit-reset-requests", _length(tight.resets_in)),
    )


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}m{rest}s" if minutes else f"{rest}s"
