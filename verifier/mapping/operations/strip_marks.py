"""
Take out what nobody sees: marks of direction, joiners at no use, and the like.

A right-to-left override in a name shows another name than is stored. The joiner inside of an emoji
is kept.
"""

from __future__ import annotations

import re

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]

MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def _make(argument: None) -> Step:
    return lambda text: MARKS.sub("", text)


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
