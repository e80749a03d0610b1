"""
Write a text in lower case.

For what means the same in any case, such as an email address. Where case tells something (a name),
use ``casefold`` for comparing, and keep the text itself.
"""

from __future__ import annotations

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return str.lower


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
