"""
Put zeros before a text until it is long enough: ``{pad: 5}`` makes 01730 of 1730.

It mends what a spreadsheet took away, and is right only where every code has that length.
"""

from __future__ import annotations

from verifier.loading.declaration import Number
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(length: int) -> Step:
    return lambda value: str(value).rjust(length, "0")


OPERATION = Operation(
    nature=Nature.NORMALISING,
    takes=("text", "number"),
    gives="text",
    argument=Number(least=1, whole=True),
    needs_argument=True,
    make=_make,
)
