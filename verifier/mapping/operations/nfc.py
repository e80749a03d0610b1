"""
Write a text in Unicode's composed form (NFC): one way to write é.

Two systems that compare names byte by byte see two people where one writes the accent as a letter
of its own.
"""

from __future__ import annotations

import unicodedata

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: unicodedata.normalize("NFC", text)


OPERATION = Operation(nature=Nature.NORMALISING, takes=("text",), gives="text", make=_make)
