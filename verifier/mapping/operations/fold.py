"""
Level case, accents' spelling and white space of a name, for comparing.

NFC, one space between words, case folded. Accents themselves are kept: Muller is not Müller.
"""

from __future__ import annotations

import unicodedata

from verifier.mapping.blanks import SPACES
from verifier.mapping.operations.operation import Nature, Operation, Step

__all__ = ["OPERATION"]


def _make(argument: None) -> Step:
    return lambda text: SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ").casefold()


OPERATION = Operation(
    nature=Nature.LOSSY, takes=("text",), gives="text", make=_make, reason="levelled"
)
