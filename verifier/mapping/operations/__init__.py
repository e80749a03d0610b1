"""The closed list of steps that a rule may take: one a file, found by walking this folder."""

from __future__ import annotations

import inspect
import sys
from functools import lru_cache

from verifier.mapping import operations as folder
from verifier.mapping.operations.combining import Combination, combinations
from verifier.mapping.operations.operation import Nature, Operation
from verifier.walk import modules

__all__ = ["Combination", "Nature", "Operation", "combinations", "help_of", "operations"]


@lru_cache
def operations() -> dict[str, Operation]:
    """Name to operation."""
    return {
        module.__name__.rpartition(".")[2]: module.OPERATION
        for module in modules(folder)
        if hasattr(module, "OPERATION")
    }


def help_of(name: str) -> str:
    """The help text of an operation or a combination."""
    inner = "" if name in operations() else "combining."
    return inspect.getdoc(sys.modules[f"{folder.__name__}.{inner}{name}"]) or ""
