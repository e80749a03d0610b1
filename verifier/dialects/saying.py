"""Shorthand for the axes of a dialect."""

from __future__ import annotations

from collections.abc import Iterable

from verifier.model import Axis, Knowledge

__all__ = ["documented", "observed", "unknown"]

MOST_EVIDENCE = 4


def observed(name: str, value: object, evidence: Iterable[str] = ()) -> Axis:
    """Something that was seen."""
    ids = tuple(dict.fromkeys(evidence))[:MOST_EVIDENCE]
    return Axis(name=name, value=str(value), knowledge=Knowledge.OBSERVED, evidence=ids)


def documented(name: str, value: object) -> Axis:
    """Something that is written, and was not seen; not known where nothing is written."""
    return (
        Axis(name=name, value=str(value), knowledge=Knowledge.DOCUMENTED)
        if value
        else Axis(name=name)
    )


def unknown(name: str) -> Axis:
    """Something that nobody knows: a question to the vendor."""
    return Axis(name=name)
