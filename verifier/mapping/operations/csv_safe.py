"""
Put an apostrophe before a text that a spreadsheet would take for a formula (= + - @ tab).

For a target that people export to a spreadsheet. The text is no longer what was typed; the way
back takes the apostrophe off.
"""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _make(argument: None) -> Step:
    return lambda text: f"'{text}" if text.startswith(FORMULA) else text


def _undo(argument: None) -> Step:
    return lambda text: text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


OPERATION = Operation(
    nature=Nature.INVERTIBLE, takes=("text",), gives="text", make=_make, undo=_undo
)
