"""Relations between results: one a file, found by walking this folder."""

from __future__ import annotations

from functools import lru_cache

from verifier.mapping.testing import relations as folder
from verifier.mapping.testing.relation import Relation
from verifier.walk import modules

__all__ = ["relations"]


@lru_cache
def relations() -> dict[str, Relation]:
    """Name to relation."""
    return {
        module.__name__.rpartition(".")[2].replace("_", " "): module.RELATION
        for module in modules(folder)
    }
