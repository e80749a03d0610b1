"""Invalid input is answered with 500.

Imitates validation by exception, and nobody who catches it. A client cannot tell its own mistake
from an outage, and tries again.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.refusal import Refusal
from verifier.mocking.turn import Turn

__all__ = ["after_validate"]


def after_validate(turn: Turn) -> None:
    """The client's mistake is called the server's."""
    if isinstance(turn.decision, Refusal) and turn.decision.violations:
        turn.decision = replace(turn.decision, status=500, code="internal_error", exact=True)
