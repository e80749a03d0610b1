"""A single item can be read without the scope that its list asks for.

Imitates a check that was put on the collection's route only.
"""

from __future__ import annotations

from verifier.mocking.auth import Caller
from verifier.model import Operation

__all__ = ["suffices"]


def suffices(operation: Operation, caller: Caller) -> bool:
    """Reading an item takes no scope."""
    return operation.method == "GET" and operation.path.endswith("}")
