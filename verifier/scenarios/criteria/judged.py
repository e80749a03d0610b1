"""What came of a criterion: whether it holds, and the reason in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from verifier.scenarios.expressions import Expression, Scope

__all__ = ["Assertion", "Judged"]


class Judged(Struct, frozen=True):
    """
    The outcome of one criterion.

    Args:
        says: What was seen, for a person: ``$statusCode is 404``.
        error: Whether it could not be evaluated at all; it does not hold then (1.1.0).
    """

    holds: bool
    says: str = ""
    error: bool = False


class Assertion(Protocol):
    """A criterion made ready to be asked."""

    def judge(self, scope: Scope) -> Judged:
        """Whether it holds here and now."""

    def expressions(self) -> Iterator[Expression]:
        """Every expression that it looks at."""
