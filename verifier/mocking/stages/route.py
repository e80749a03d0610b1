"""Which operation is meant."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.encoding import Router
from verifier.mocking.auth import Endpoints
from verifier.mocking.hooks import Hooks
from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn
from verifier.model import Operation
from verifier.wire import Answer

__all__ = ["Route"]


class Route:
    """Finds the operation, or says 404 or 405; the OAuth 2 endpoints come first."""

    def __init__(self, operations: Sequence[Operation], endpoints: Endpoints, hooks: Hooks) -> None:
        self._router = Router(operations)
        self._endpoints = endpoints
        self._hooks = hooks

    def __call__(self, turn: Turn) -> None:
        """Set the operation and the path's variables."""
        turn.path, _, turn.query = turn.incoming.target.partition("?")
        turn.decision = self._endpoints.answer(turn.path, turn.incoming, turn.now)
        if turn.decision is not None:
            return
        method = "GET" if turn.incoming.method == "HEAD" else turn.incoming.method
        found = self._router.find(method, turn.path, turn.query)
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
