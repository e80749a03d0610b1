"""
Level the case of a text for comparing (Unicode's case folding).

STRASSE and Straße become the same. The text itself is lost: for keys, not for what people read.
"""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return str.casefold


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("text",), gives="text", make=_make, reason="levelled"
)
