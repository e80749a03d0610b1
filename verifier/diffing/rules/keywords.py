"""The rarer keywords of schemas: what a text contains, XML, and what is not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, canonical
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["keywords"]

NARROWER, WIDER, INCOMPARABLE = Movement.NARROWER, Movement.WIDER, Movement.INCOMPARABLE
LOST = Departure(Impact.WARNING, "what cannot be read cannot be compared")
UNREADABLE = Rule(
    name="unreadable",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="A schema can no longer be read: its reference leads nowhere.",
    request=LOST,
    response=LOST,
)
CONTENT_ADDED = Rule(
    name="content-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A text must hold something of a certain kind: contentMediaType, -Encoding or -Schema.",
)
CONTENT_REMOVED = Rule(
    name="content-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A text need not hold something of a certain kind.",
)
CONTENT_CHANGED = Rule(
    name="content-changed",
    edit=Edit.CHANGED,
    moves=INCOMPARABLE,
    says="A text holds something of another kind.",
)
XML_CHANGED = Rule(
    name="xml-changed",
    edit=Edit.CHANGED,
    moves=INCOMPARABLE,
    says="A value is written in XML in another way: name, namespace, attribute or wrapping.",
)
UNDECIDED = Rule(
    name="changed",
    edit=Edit.CHANGED,
    moves=INCOMPARABLE,
    says="A keyword changed whose effect is not worked out here.",
    undecided=True,
)
CONTENT = ("contentEncoding", "contentMediaType", "contentSchema")
# Compared by families of their own.
ELSEWHERE = frozenset(
    {
        "contains",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "dependentSchemas",
        "else",
        "if",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
    }
)


@family("schema", area="schema", reads=("rest", "unresolved"))
def keywords(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """Nothing that may assert something changes in silence."""
    if pair.new.unresolved and not pair.old.unresolved:
        says = f"{pair.label.start} can no longer be read: {pair.new.unresolved[:200]}."
        yield pair.shift(UNREADABLE, says)
    old, new = pair.old.rest, pair.new.rest
    if not old and not new:
        return
    for keyword in CONTENT:
        yield from _content(pair, keyword, old.get(keyword, ()), new.get(keyword, ()))
    for keyword in sorted((old.keys() | new.keys()) - ELSEWHERE):
        before, after = _said(old.get(keyword, ())), _said(new.get(keyword, ()))
        if before == after or (keyword == "xml" and pair.carrier != "xml"):
            continue
        rule = XML_CHANGED if keyword == "xml" else UNDECIDED
        says = f"{pair.label.start} has another '{keyword[:40]}' than before."
        yield pair.shift(rule, says, words=f"{keyword} {before!r} -> {after!r}")


def _content(
    pair: SchemaPair, keyword: str, old: tuple[Part, ...], new: tuple[Part, ...]
) -> Iterator[Shift | Descent]:
    if _said(old) == _said(new):
        return
    inner = [p for p in (*old, *new) if isinstance(p.node, Mapping)]
    if keyword == "contentSchema" and len(inner) == 2:
        yield pair.descend(old, new, pair.label.step(" contentSchema"))
        return
    rule = CONTENT_CHANGED if old and new else CONTENT_ADDED if new else CONTENT_REMOVED
    says = f"{pair.label.start} has another '{keyword}' than before."
    yield pair.shift(rule, says, words=f"{keyword} {_said(old)!r} -> {_said(new)!r}")


def _said(parts: tuple[Part, ...]) -> list[bytes]:
    return sorted(canonical(part.node) for part in parts)
