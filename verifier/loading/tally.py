"""Counting what operations show, for recognisers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from verifier.model import Operation

__all__ = ["keys_of", "share", "usual"]


def keys_of(operations: Iterable[Operation]) -> tuple[str, ...]:
    """Keys of operations, each once, in order."""
    return tuple(dict.fromkeys(operation.key for operation in operations))


def usual(values: Iterable[str]) -> str:
    """The most frequent of some words, the empty one not counted; empty where there is none."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else ""


def share(part: int, whole: int) -> float:
    """A part of a whole, 0 to 1; 0 where there is no whole."""
    return part / whole if whole else 0.0
