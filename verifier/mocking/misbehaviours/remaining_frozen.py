"""What is said to remain of the limit never goes down.

Imitates headers that are configured and not counted.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.turn import Turn

__all__ = ["after_limit"]


def after_limit(turn: Turn) -> None:
    """There is always as much left as there was at first."""
    turn.readings = tuple(replace(r, remaining=r.quota - 1) for r in turn.readings)
