"""Whether a request is what the document asks for."""

from __future__ import annotations

from verifier.mocking.hooks import Hooks
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.validating import judge_request

__all__ = ["Validate"]


class Validate:
    """Lets valid requests pass, and says 400 or 422 to the others."""

    def __init__(self, hooks: Hooks) -> None:
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Judge the parameters and the body."""
        if turn.operation is None or turn.draft is None:
            return
        turn.violations = judge_request(turn.operation, turn.draft)
        if not turn.violations:
            return
        if self._hooks.any("overlooks", turn.operation, turn.violations):
            return
        first = turn.violations[0]
        turn.decision = Refusal(
            status=422 if first.part == "body" else 400,
            code="invalid",
            says=f"{first.part} {first.path or ''} {first.says}".replace("  ", " "),
            violations=turn.violations,
        )
