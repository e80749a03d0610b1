"""A key that one tenant used is known to all: another gets the first one's answer.

Imitates a cache of answers whose key is the header's value alone.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.habits import Habits

__all__ = ["habits"]


def habits(habits: Habits) -> Habits:
    """A key is unique among everybody, and the first answer is given to anybody."""
    if habits.keys is None:
        return habits
    return replace(habits, keys=replace(habits.keys, scope=("operation",)))
