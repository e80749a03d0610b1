"""Requests are refused when half of what is documented, and told in every header, is spent.

Imitates a limit that is kept on each of two servers.
"""

from __future__ import annotations

import math

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_limit"]


def after_limit(turn: Turn) -> None:
    """Half is all."""
    for reading in turn.readings:
        if turn.decision is None and reading.used > reading.quota // 2:
            turn.decision = Refusal(
                status=429,
                code="rate_limited",
                says="Too many requests.",
                headers=(("Retry-After", str(math.ceil(reading.reset_seconds))),),
            )
