"""What a field can mean: one meaning a file, found by walking this folder."""

from __future__ import annotations

import inspect
import sys
from functools import lru_cache

from verifier.mapping import kinds as folder
from verifier.mapping.kinds.kind import ValueKind
from verifier.walk import modules

__all__ = ["ValueKind", "help_of", "kinds"]


@lru_cache
def kinds() -> dict[str, ValueKind]:
    """Name to kind; ``plain`` is the one that needs no declaration."""
    return {
        module.__name__.rpartition(".")[2]: module.KIND
        for module in modules(folder)
        if hasattr(module, "KIND")
    }


def help_of(name: str) -> str:
    """The help text of a kind."""
    return inspect.getdoc(sys.modules[f"{folder.__name__}.{name}"]) or ""
