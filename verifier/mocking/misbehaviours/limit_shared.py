"""One client's haste limits every other.

Imitates a limit on the whole service that is documented as one's own.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.habits import Habits

__all__ = ["habits"]


def habits(habits: Habits) -> Habits:
    """Everybody spends from one quota."""
    return replace(habits, limits=tuple(replace(rule, per=()) for rule in habits.limits))
