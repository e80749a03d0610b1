"""Invalid requests are taken for valid ones.

Imitates handlers that read the members they know and never validate.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.model import Operation
from verifier.validating import Violation

__all__ = ["overlooks"]


def overlooks(operation: Operation, violations: Sequence[Violation]) -> bool:
    """Whatever is wrong in a body is overlooked."""
    return all(violation.part == "body" for violation in violations)
