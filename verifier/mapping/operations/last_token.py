"""Take the last word of a text, such as the family name of a full name; for comparing."""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: (text.split() or [""])[-1]


OPERATION = Operation(nature=Nature.LOSSY, takes=("text",), gives="text", make=_make, reason="cut")
