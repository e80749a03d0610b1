"""How several fields of the source become one of the target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from verifier.loading.declaration import Kind
from verifier.mapping.operations.operation import Nature

__all__ = ["Combination"]


class Combination(Struct, frozen=True, kw_only=True, eq=False):
    """
    A named way of making one value of several; its name is its file's.

    Args:
        takes: Types of value that each part may have.
        gives: Type of what it makes; ``same`` is that of the first part.
        make: From the argument to a function of the parts; a part that is missing is None.
        needs_all: Whether it is missing as soon as one part is; else only where all are.
        argument: What may stand after its name in a contract.
        split: From the argument and how many parts there are to the way back, where there is one.
    """

    nature: Nature
    takes: tuple[str, ...]
    gives: str
    make: Callable[[Any], Callable[[Sequence[Any]], Any]]
    needs_all: bool
    argument: Kind | None = None
    split: Callable[[Any, int], Callable[[Any], Sequence[Any]]] | None = None
