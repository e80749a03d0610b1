"""
Take a value out of a text: ``{extract: "SHOP-{}"}`` makes 17 of SHOP-17.

The opposite of ``template``; a text that is not of the form is invalid.
"""

from __future__ import annotations

from verifier.mapping.operations import template
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(form: str) -> Step:
    assert template.OPERATION.undo is not None  # noqa: S101  (for the type checker)
    return template.OPERATION.undo(form)


OPERATION = Operation(
    nature=Nature.INVERTIBLE,
    takes=("text",),
    gives="text",
    argument=template.TEXT,
    needs_argument=True,
    make=_make,
    undo=template.OPERATION.make,
)
