"""
Write a text in Unicode's compatible form (NFKC): full-width letters and ligatures become plain.

It levels more than ``nfc``: ² becomes 2, and ﬁ two letters. So it is lossy.
"""

from __future__ import annotations

import unicodedata

from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: unicodedata.normalize("NFKC", text)


def _lost(old: str, new: str) -> bool:
    return unicodedata.normalize("NFC", old) != new


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("text",), gives="text", make=_make, lost=_lost, reason="levelled"
)
