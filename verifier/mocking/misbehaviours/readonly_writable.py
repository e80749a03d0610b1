"""
Members that are documented as read-only can be set by a caller.

Imitates mass assignment: the whole body is handed to the persistence layer.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.asked import Asked
from verifier.model import Operation
from verifier.validating import Violation

__all__ = ["overlooks", "writes_read_only"]


def overlooks(operation: Operation, violations: Sequence[Violation]) -> bool:
    """Members that the schema of an update does not know are let through."""
    return operation.method in ("PATCH", "PUT") and all(
        violation.keyword == "additionalProperties" for violation in violations
    )


def writes_read_only(asked: Asked) -> bool:
    """Every member of an update is taken."""
    return asked.role in ("update", "replace")
