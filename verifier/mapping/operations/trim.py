"""
Take white space off both ends of a text.

White space is what Unicode calls so, and the characters without width (U+200B, U+2060, U+FEFF).
"""

from __future__ import annotations

from verifier.mapping.blanks import BLANK
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: text.strip(BLANK)


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
