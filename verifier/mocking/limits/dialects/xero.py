"""Xero: what is left of the minute, of the day, and of the app's minute; a 429 names the limit."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["refuse", "tell"]

MINUTE_SECONDS = 60


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """Rules are told apart by their window and by whose they are."""
    return tuple(
        (f"X-{_name(reading)}Limit-Remaining", str(reading.remaining)) for reading in readings
    )


def refuse(reading: Reading, now: float) -> Headers:
    """Whole seconds, and which limit it was."""
    which = "Day" if _name(reading) == "Day" else "Minute"
    return (
        ("Retry-After", str(-int(-reading.retry_seconds // 1))),
        ("X-Rate-Limit-Problem", which),
    )


def _name(reading: Reading) -> str:
    if reading.rule.window_seconds > MINUTE_SECONDS:
        return "Day"
    return "Min" if "principal" in reading.rule.per or "tenant" in reading.rule.per else "AppMin"
