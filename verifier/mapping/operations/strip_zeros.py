"""
Take leading zeros off a text of digits: 0017 becomes 17.

Where the other system counts, and the zeros mean nothing. They cannot be brought back.
"""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: text.lstrip("0") or "0" if text else text


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("text",), gives="text", make=_make, reason="leading zeros"
)
