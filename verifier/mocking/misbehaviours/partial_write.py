"""A write is refused for what is wrong with it, and the rest of it is kept.

Imitates writes that are not one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Operation
from verifier.validating import Violation

__all__ = ["after_act", "overlooks"]


def overlooks(operation: Operation, violations: Sequence[Violation]) -> bool:
    """What is wrong in a body is found too late."""
    return all(violation.part == "body" for violation in violations)


def after_act(turn: Turn) -> None:
    """It is refused after it was done."""
    if turn.violations and not isinstance(turn.decision, Refusal):
        turn.decision = Refusal(
            status=422,
            code="invalid",
            says=f"body {turn.violations[0].path} {turn.violations[0].says}",
            violations=turn.violations,
        )
