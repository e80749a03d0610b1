"""One thing that the analysis found in a contract, with its places in all three files."""

from __future__ import annotations

import enum
from typing import Any

from msgspec import Struct

from verifier.model import Place

__all__ = ["Finding", "Weight", "Witness"]


class Weight(enum.IntEnum):
    """An ``ERROR`` will go wrong, a ``WARNING`` may, a ``NOTE`` is worth knowing."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


class Witness(Struct, frozen=True, kw_only=True):
    """
    The smallest value that shows it.

    Args:
        value: What stands in the source's field (in the target's, for the way back).
        becomes: What the contract makes of it, in words.
    """

    value: Any
    becomes: str


class Finding(Struct, frozen=True, kw_only=True):
    """
    One finding.

    Args:
        code: Which rule found it: ``required-target-unmapped``; set by the analysis.
        weight: At least the rule's.
        path: The field that it is about.
        says: What is wrong, in a sentence.
        mend: What to write instead, in a sentence.
        at: The line of the contract.
        source, target: Lines of the two documents, where they have a part in it.
    """

    code: str = ""
    weight: Weight = Weight.NOTE
    path: str
    says: str
    mend: str
    at: Place
    source: Place | None = None
    target: Place | None = None
    witness: Witness | None = None
