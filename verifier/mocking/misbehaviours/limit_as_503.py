"""Whoever asks too often is told that the vendor is unavailable.

Imitates a load balancer that does the limiting. A client cannot tell its own haste from an outage.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.habits import Habits

__all__ = ["habits"]


def habits(habits: Habits) -> Habits:
    """Over the limit is down."""
    return replace(habits, limited_status=503)
