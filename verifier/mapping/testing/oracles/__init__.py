"""What judges single answers: one oracle a file, found by walking this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from verifier.mapping.executing import Execution
from verifier.mapping.testing import oracles as folder
from verifier.mapping.testing.asking import Answer
from verifier.mapping.testing.case import Case
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.violation import Violation
from verifier.walk import modules

__all__ = ["Judge", "judges"]

Judge = Callable[[Case, Answer, Execution, Court], Iterator[Violation]]


@lru_cache
def judges() -> tuple[Judge, ...]:
    """Every oracle that judges an answer by itself."""
    return tuple(module.judge for module in modules(folder))
