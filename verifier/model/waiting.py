"""How long an answer asks us to wait."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from verifier.model.evidence import Response

__all__ = ["retry_after_seconds"]


def retry_after_seconds(response: Response, now: float) -> float | None:
    """What Retry-After asks for (RFC 9110, 10.2.3), in seconds from now; None if absent."""
    value = (response.header("retry-after") or "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
