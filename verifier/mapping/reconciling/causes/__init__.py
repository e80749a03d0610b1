"""Causes of differences: one a file, found by walking this folder."""

from __future__ import annotations

from functools import lru_cache

from verifier.mapping.reconciling import causes as folder
from verifier.mapping.reconciling.cause import Cause
from verifier.walk import modules

__all__ = ["causes"]


@lru_cache
def causes() -> dict[str, Cause]:
    """Name to cause, in the order in which they are tried."""
    found = {
        module.__name__.rpartition(".")[2].replace("_", " "): module.CAUSE
        for module in modules(folder)
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1].rank))
