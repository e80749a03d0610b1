"""
Read the HTML entities of a text, once: ``Tom &amp; Jerry`` becomes ``Tom & Jerry``.

For a source that escapes what it stores. Not for one that does not: a text that really says
``&lt;`` would change. The way back escapes again.
"""

from __future__ import annotations

import html

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return html.unescape


OPERATION = Operation(
    nature=Nature.INVERTIBLE,
    takes=("text",),
    gives="text",
    make=_make,
    undo=lambda argument: html.escape,
)
