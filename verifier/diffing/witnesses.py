"""For what breaks, a value that shows it: allowed before and not after, or the reverse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from urllib.parse import quote

from msgspec.structs import replace

from verifier.diffing.shapes import Part
from verifier.diffing.shifts import Shift
from verifier.model import (
    Change,
    Confidence,
    Document,
    Impact,
    Pointer,
    Schema,
    Side,
    Witness,
)

__all__ = ["Search", "witnessed"]

NOT_SHOWN = "no value was found that shows it"
REQUIRED, CLOSED = (
    frozenset({"required"}),
    frozenset({"additionalProperties", "unevaluatedProperties"}),
)
# Which keywords refuse a value that shows a difference; where none are named, any may.
KEYWORDS = {
    "types": frozenset({"type", "enum", "const", "anyOf", "oneOf", "oneOfNotValid"}),
    "values": frozenset({"enum", "const"}),
    "texts": frozenset({"format", "pattern", "minimum", "maximum"}),
    "objects.closed": CLOSED,
    "objects.opened": CLOSED,
    "properties.removed-closed": CLOSED,
    "properties.added-required": REQUIRED,
    "properties.required": REQUIRED,
    "properties.optional": REQUIRED,
    "properties.removed-required": REQUIRED,
    "items.unique": frozenset({"uniqueItems"}),
    "items.repeated": frozenset({"uniqueItems"}),
}
# What a validator cannot be asked: it leaves hidden members out, and takes marks for words.
UNASKED = (
    "properties.read-only",
    "properties.write-only",
    "discriminators",
    "keywords.xml-changed",
)


class Search(Protocol):
    """Where values come from: hands out one that ``giver`` allows and ``taker`` refuses."""

    def __call__(
        self,
        giver: Schema,
        taker: Schema,
        side: Side,
        *,
        keywords: frozenset[str],
        member: str,
        hints: tuple[Any, ...],
        likely: tuple[Schema, ...],
    ) -> Any:
        """The value; LookupError where none was found."""


def witnessed(
    found: Iterable[tuple[Change, Shift]], search: Search, documents: tuple[Document, Document]
) -> Iterator[Change]:
    """
    The changes, those that break with a witness; less sure where none was found.

    What is undecided breaks where a witness shows it.
    """
    for change, shift in found:
        if shift.parts is None or not _worth(change, shift):
            yield change
            continue
        witness = _search(change, shift, search, documents)
        if witness is not None:
            proved = change.confidence is Confidence.LOW
            yield replace(
                change,
                witness=witness,
                confidence=Confidence.HIGH,
                severity=Impact.BREAKING if proved else change.severity,
                reason="a value shows that it breaks" if proved else change.reason,
            )
        elif change.severity is Impact.BREAKING:
            reason = f"{change.reason}; {NOT_SHOWN}"
            yield replace(change, confidence=Confidence.MEDIUM, reason=reason)
        else:
            yield change


def _worth(change: Change, shift: Shift) -> bool:
    asked = not change.rule.startswith(UNASKED)
    return asked and (change.severity is Impact.BREAKING or shift.rule.undecided)


def _search(
    change: Change, shift: Shift, search: Search, documents: tuple[Document, Document]
) -> Witness | None:
    parts = shift.parts or ((), ())
    old, new = _schema(documents[0], parts[0]), _schema(documents[1], parts[1])
    # Requests break where what was allowed no longer is, answers where it is the other way round.
    asked = shift.side is not Side.RESPONSE
    giver, taker = (old, new) if asked else (new, old)
    try:
        value = search(
            giver,
            taker,
            shift.side,
            keywords=_keywords(change, shift),
            member=shift.words if change.rule.startswith("properties.") else "",
            hints=shift.hints,
            likely=tuple(_schema(giver.document, (part,)) for part in shift.likely),
        )
    except LookupError:
        return None
    member = shift.words
    if isinstance(value, dict) and member in value:
        value = {member: value[member], **value}  # what matters is seen first
    return Witness(value=value, before=asked, after=not asked, at=old.at)


def _keywords(change: Change, shift: Shift) -> frozenset[str]:
    if change.rule.startswith("ranges."):
        keyword = shift.words.partition(" ")[0]
        exclusive = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
        plain = change.rule.startswith("ranges.step")
        return frozenset({"multipleOf"} if plain else {keyword, exclusive.get(keyword, keyword)})
    family = change.rule.partition(".")[0]
    return KEYWORDS.get(change.rule) or KEYWORDS.get(family) or frozenset()


def _schema(document: Document, parts: tuple[Part, ...]) -> Schema:
    """The conjunction of parts as one schema, references to where they stand."""
    first = parts[0]
    if len(parts) == 1 and not first.null:
        return Schema(document=document, node=first.node, at=first.at)
    written: list[Any] = [_reference(part.at) for part in parts]
    whole: Any = {"allOf": written} if len(written) > 1 else written[0]
    if all(part.null for part in parts):
        whole = {"anyOf": [whole, {"type": "null"}]}
    return Schema(document=document, node=whole, at=Pointer(first.at.file, first.at.path))


def _reference(at: Pointer) -> dict[str, str]:
    return {"$ref": f"{at.file}#{quote(at.path, safe='/~')}"}
