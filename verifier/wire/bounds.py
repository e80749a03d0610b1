"""What a client of our server may take."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Bounds"]


class Bounds(Struct, frozen=True, kw_only=True):
    """
    What a client may take.

    Args:
        most_header_bytes: Of one request's line and headers; more is answered with 431.
        most_body_bytes: Of one request's body; more is answered with 413.
        request_seconds: For one whole request to arrive; slower is answered with 408.
        idle_seconds: Between requests; then the connection is closed.
        silence_seconds: In a silence of ours that a client does not end.
    """

    most_header_bytes: int = 64 * 1024
    most_body_bytes: int = 16 * 1024 * 1024
    request_seconds: float = 30.0
    idle_seconds: float = 75.0
    silence_seconds: float = 3600.0
