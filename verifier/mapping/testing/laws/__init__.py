"""Laws of two-way mappings: one a file, found by walking this folder."""

from __future__ import annotations

from functools import lru_cache

from verifier.mapping.testing import laws as folder
from verifier.mapping.testing.law import Law
from verifier.walk import modules

__all__ = ["laws"]


@lru_cache
def laws() -> dict[str, Law]:
    """Name to law."""
    return {module.__name__.rpartition(".")[2]: module.LAW for module in modules(folder)}
