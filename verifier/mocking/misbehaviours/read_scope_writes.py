"""Whoever may read may write.

Imitates scopes that are checked for their resource and not for the verb.
"""

from __future__ import annotations

from verifier.mocking.auth import Caller
from verifier.model import Operation

__all__ = ["suffices"]


def suffices(operation: Operation, caller: Caller) -> bool:
    """Any scope is enough for a write."""
    return operation.method not in ("GET", "HEAD") and bool(caller.scopes)
