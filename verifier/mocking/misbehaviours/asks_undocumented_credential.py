"""What the document lets everybody read is refused to whoever shows no credential.

Imitates documents that were written without a word of authentication.
"""

from __future__ import annotations

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_route"]


def after_route(turn: Turn) -> None:
    """Whoever shows nothing at an open door is sent away."""
    operation = turn.operation
    if operation is None or operation.method != "GET" or operation.secured:
        return
    if turn.incoming.header("authorization"):
        return
    turn.decision = Refusal(
        status=401,
        code="unauthorized",
        says="A credential is missing.",
        headers=(("WWW-Authenticate", 'Bearer realm="mock"'),),
    )
