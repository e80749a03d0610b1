"""One thing that the analysis found in a contract, with its places in all three files."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verifier.model import Place

if TYPE_CHECKING:
    from verifier.mapping.analysis.scene import Scene

__all__ = ["AnalysisRule", "Finding", "Weight", "Witness"]


class Weight(enum.IntEnum):
    """An ``ERROR`` will go wrong, a ``WARNING`` may, a ``NOTE`` is worth knowing."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """
    The smallest value that shows it.

    Args:
        value: What stands in the source's field (in the target's, for the way back).
        becomes: What the contract makes of it, in words.
    """

    value: Any
    becomes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One finding.

    Args:
        code: Which rule found it: ``required-target-unmapped``.
        path: The field that it is about.
        says: What is wrong, in a sentence.
        mend: What to write instead, in a sentence.
        at: The line of the contract.
        source, target: Lines of the two documents, where they have a part in it.
    """

    code: str
    weight: Weight
    path: str
    says: str
    mend: str
    at: Place
    source: Place | None = None
    target: Place | None = None
    witness: Witness | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AnalysisRule:
    """
    One way in which a contract can be wrong; its code is its file's name.

    Args:
        weight: How heavy its findings are, where they do not say.
        look: Yields what it finds, without code.
    """

    weight: Weight
    look: Callable[[Scene], Iterator[Finding]]
