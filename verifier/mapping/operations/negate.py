"""
Turn true into false and false into true: ``opted_out`` becomes ``accepts_marketing``.

A truth value that is missing stays missing: not asked is neither.
"""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda value: not value


OPERATION = Operation(
    nature=Nature.INVERTIBLE, takes=("boolean",), gives="boolean", make=_make, undo=_make
)
