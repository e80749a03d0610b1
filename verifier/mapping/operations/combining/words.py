"""
Write several texts as one: ``{from: [street, house], combine: {words: " "}}``.

Parts that are missing are left out. It cannot be taken apart again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from verifier.loading.declaration import Text
from verifier.mapping.operations.combining.combination import Combination
from verifier.mapping.operations.operation import Nature

__all__ = ["COMBINATION"]


def _make(between: str | None) -> Callable[[Sequence[Any]], str]:
    glue = " " if between is None else between
    return lambda parts: glue.join(str(part) for part in parts if part is not None)


COMBINATION = Combination(
    nature=Nature.LOSSY,
    takes=("text", "number"),
    gives="text",
    needs_all=False,
    argument=Text(),
    make=_make,
)
