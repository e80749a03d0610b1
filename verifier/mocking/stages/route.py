"""Which operation is meant."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.encoding import Router
from verifier.mocking.hooks import Hooks
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Operation
from verifier.wire import Answer

__all__ = ["Route"]


class Route:
    """Finds the operation, or says 404 or 405."""

    def __init__(self, operations: Sequence[Operation], hooks: Hooks) -> None:
        self._router = Router(operations)
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Set the operation and the path's variables."""
        turn.path, _, turn.query = turn.incoming.target.partition("?")
        method = "GET" if turn.incoming.method == "HEAD" else turn.incoming.method
        found = self._router.find(method, turn.path)
        if found is None:
            turn.decision = Refusal(status=404, code="not_found", says="There is nothing here.")
        elif found.operation is None:
            served: Answer | None = self._hooks.first("instead", None)
            turn.decision = served or _not_allowed(found.allowed)
        else:
            turn.operation, turn.raw_path = found.operation, dict(found.path)


def _not_allowed(allowed: Sequence[str]) -> Refusal:
    names = sorted({*allowed, *(("HEAD",) if "GET" in allowed else ())})
    return Refusal(
        status=405,
        code="method_not_allowed",
        says="Not with this method.",
        headers=(("Allow", ", ".join(names)),),
    )
