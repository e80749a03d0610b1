"""Where something stands between published and gone, as the document itself says it."""

from __future__ import annotations

import datetime
import weakref
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from verifier.lifecycle import signals_beside, stability
from verifier.model import (
    Confidence,
    Document,
    Milestone,
    Operation,
    Pointer,
    UnresolvedReference,
)

__all__ = ["Standing", "marks_at", "of_marks", "of_node", "of_operation"]


class Standing(Struct, frozen=True):
    """
    What flags, extensions and sentences come to.

    Args:
        deprecated: Whether a flag or an extension says so.
        claimed: Whether only a sentence says so.
        ends: The day on which it stops, as a flag or an extension names it.
        flaw: What is wrong with how a day is told.
        level: How much is promised: an index of the levels of stability; None where not told.
    """

    deprecated: bool = False
    claimed: bool = False
    ends: datetime.date | None = None
    flaw: str = ""
    level: int | None = None


NOTHING = Standing()


def of_operation(operation: Operation) -> Standing:
    """Where an operation stands."""
    marks = {**operation.extensions, "deprecated": operation.deprecated}
    return of_marks(marks, (operation.summary, operation.description))


def of_node(document: Document, at: Pointer) -> Standing:
    """Where what stands at a place stands, by its marks."""
    return of_marks(marks_at(document, at))


def marks_at(document: Document, at: Pointer) -> Mapping[str, Any]:
    """The members of what stands at a place; none where nothing can be read. Looked up once."""
    shelf = _MARKS.setdefault(document, {})
    found = shelf.get(at)
    if found is None:
        try:
            node = document.at(at)
        except UnresolvedReference:
            node = {}
        found = shelf[at] = node if isinstance(node, Mapping) else {}
    return found


def of_marks(marks: Mapping[str, Any], texts: tuple[str, ...] = ()) -> Standing:
    """Where any part of a document stands, by its marks and descriptions."""
    if not texts and marks.get("deprecated") is not True and not any(n[:2] == "x-" for n in marks):
        return NOTHING
    deprecated = claimed = False
    day: datetime.date | None = None
    flaw = ""
    for _, signal in signals_beside(marks, texts):
        sure = signal.confidence is not Confidence.LOW
        if signal.milestone is Milestone.DEPRECATED:
            deprecated, claimed = deprecated or sure, claimed or not sure
        elif sure:
            day, deprecated = signal.date or day, True
        flaw = flaw or (signal.flaw if sure else "")
    return Standing(deprecated, claimed, day, flaw, stability(marks))


_MARKS: weakref.WeakKeyDictionary[Document, dict[Pointer, Mapping[str, Any]]] = (
    weakref.WeakKeyDictionary()
)
