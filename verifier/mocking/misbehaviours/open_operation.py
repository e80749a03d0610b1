"""Lists can be read without a credential.

Imitates a route that was left out of the authentication middleware.
"""

from __future__ import annotations

from verifier.model import Operation
from verifier.wire import Incoming

__all__ = ["let_in"]


def let_in(operation: Operation, incoming: Incoming) -> bool:
    """Whoever reads without an id is let in."""
    anonymous = incoming.header("authorization") is None
    return anonymous and operation.method == "GET" and "{" not in operation.path
