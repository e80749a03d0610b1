"""A key that the document requires may be left out.

Imitates clients of the vendor's own that never learned to send it.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from verifier.mocking.habits import Habits
from verifier.model import Operation
from verifier.validating import Violation

__all__ = ["habits", "overlooks"]


def habits(habits: Habits) -> Habits:
    """No operation needs one."""
    if habits.keys is None:
        return habits
    return replace(habits, keys=replace(habits.keys, required=False))


def overlooks(operation: Operation, violations: Sequence[Violation]) -> bool:
    """That it is missing is no violation."""
    return all(_is_missing_key(violation) for violation in violations)


def _is_missing_key(violation: Violation) -> bool:
    named = violation.path.lower()
    return violation.part == "header" and ("idempotency" in named or "request-id" in named)
