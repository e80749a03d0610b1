"""Reading takes a scope for writing, which the document does not ask for.

Imitates one permission for everything behind scopes that look fine.
"""

from __future__ import annotations

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_admit"]

WRITES = ("write", "manage", "admin", "edit", "full")


def after_admit(turn: Turn) -> None:
    """Whoever can only read is refused."""
    caller, operation = turn.caller, turn.operation
    if caller is None or operation is None or not operation.secured or caller.scopes is None:
        return
    if any(word in scope.lower() for scope in caller.scopes for word in WRITES):
        return
    turn.decision = Refusal(
        status=403,
        code="insufficient_scope",
        says="The credential lacks a scope.",
        headers=(("WWW-Authenticate", 'Bearer realm="mock", error="insufficient_scope"'),),
    )
