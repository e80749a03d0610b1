"""Ways of making one value of several: one a file, found by walking this folder."""

from __future__ import annotations

from functools import lru_cache

from verifier.mapping.operations import combining
from verifier.mapping.operations.combining.combination import Combination
from verifier.walk import modules

__all__ = ["Combination", "combinations"]


@lru_cache
def combinations() -> dict[str, Combination]:
    """Name to combination."""
    return {
        module.__name__.rpartition(".")[2]: module.COMBINATION
        for module in modules(combining)
        if hasattr(module, "COMBINATION")
    }
