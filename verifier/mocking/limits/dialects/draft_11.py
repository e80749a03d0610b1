"""Lists of policies and of what is left (draft-ietf-httpapi-ratelimit-headers-08 to -11)."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.limits.reading import Reading
from verifier.model import Headers

__all__ = ["tell"]


def tell(readings: Sequence[Reading], now: float) -> Headers:
    """One member a policy."""
    policies = ", ".join(f'"{r.rule.name}";q={r.quota};w={r.window}' for r in readings)
    limits = ", ".join(f'"{r.rule.name}";r={r.remaining};t={r.resets_in}' for r in readings)
    return (("RateLimit-Policy", policies), ("RateLimit", limits))
