"""Who asks, and whether they may."""

from __future__ import annotations

from verifier.mocking.auth import Gate
from verifier.mocking.hooks import Hooks
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["Admit"]


class Admit:
    """Lets the caller in, or says 401 or 403."""

    def __init__(self, gate: Gate, hooks: Hooks) -> None:
        self._gate = gate
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Set the caller."""
        operation = turn.operation
        if operation is None:
            return
        caller = self._gate.admit(operation, turn.incoming, turn.now)
        if not isinstance(caller, Refusal):
            turn.caller = caller
        elif self._hooks.any("let_in", operation, turn.incoming):
            turn.caller = self._gate.anybody()
        else:
            turn.decision = caller
