"""
Write every run of white space as one plain space, and none at the ends.

A line break is white space, too: a text of several lines becomes one line.
"""

from __future__ import annotations

from verifier.mapping.blanks import SPACES
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: SPACES.sub(" ", text).strip(" ")


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
