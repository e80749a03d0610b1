"""Any credential is taken for a good one.

Imitates gateways that check that a token is there, and not which.
"""

from __future__ import annotations

from verifier.model import Operation
from verifier.wire import Incoming

__all__ = ["let_in"]


def let_in(operation: Operation, incoming: Incoming) -> bool:
    """Whoever shows something is let in."""
    return bool((incoming.header("authorization") or "").strip())
