"""Stripe: nothing until it is too much, then that a retry makes sense, without saying when."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["refuse", "tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """Nothing."""
    return ()


def refuse(reading: Reading, now: float) -> Headers:
    """No Retry-After; the client backs off by itself."""
    return (("Stripe-Should-Retry", "true"), ("Stripe-Rate-Limited-Reason", "global-rate"))
