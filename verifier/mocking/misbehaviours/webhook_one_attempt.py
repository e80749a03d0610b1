"""An event is sent once, whatever the receiver answers.

Imitates "fire and forget".
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.habits import Habits

__all__ = ["habits"]


def habits(habits: Habits) -> Habits:
    """There is no second attempt."""
    return replace(habits, hooks=replace(habits.hooks, schedule_seconds=(0.0,)))
