"""Salesforce: what the organisation has used of its daily allowance."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """The tightest quota."""
    tight = min(readings, key=lambda r: r.remaining)
    return (("Sforce-Limit-Info", f"api-usage={tight.used}/{tight.quota}"),)
