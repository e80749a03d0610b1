"""One way in which a contract can be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from verifier.mapping.analysis.finding import Finding, Weight
from verifier.mapping.analysis.scene import Scene

__all__ = ["AnalysisRule"]


class AnalysisRule(Struct, frozen=True, kw_only=True, eq=False):
    """
    A rule of analysis; its code is its file's name.

    Args:
        weight: How heavy its findings are, at least.
        look: Yields what it finds, without code.
    """

    weight: Weight
    look: Callable[[Scene], Iterator[Finding]]
