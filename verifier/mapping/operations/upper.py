"""
Write a text in upper case.

For codes. It may lengthen a text (ß becomes SS), and does not always lead back.
"""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return str.upper


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
