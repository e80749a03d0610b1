"""Write a text of several lines as one: line breaks, tabs and control characters become a space."""

from __future__ import annotations

import re

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def _make(argument: None) -> Step:
    return lambda text: CONTROLS.sub(" ", text).strip(" ")


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("text",), gives="text", make=_make, reason="line breaks"
)
