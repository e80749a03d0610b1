"""The rarer keywords of schemas: compared where their form is the same, named where it is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, canonical
from verifier.diffing.shifts import Descent, Movement, Shift, family
from verifier.model import Impact

__all__ = ["keywords"]

ONE = frozenset(
    {
        "contains",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "if",
        "then",
        "else",
        "contentSchema",
        "additionalItems",
    }
)
NAMED = frozenset({"patternProperties", "dependentSchemas"})


@family("schema")
def keywords(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """Nothing that may assert something changes in silence."""
    if pair.new.unresolved and not pair.old.unresolved:
        says = f"{pair.label.start} can no longer be read: {pair.new.unresolved[:200]}."
        yield pair.shift("unreadable", Movement.OTHER, says, impact=Impact.WARNING)
    yield from _negation(pair)
    old, new = pair.old.rest, pair.new.rest
    for keyword in sorted(old.keys() | new.keys()):
        yield from _keyword(pair, keyword, old.get(keyword, ()), new.get(keyword, ()))


def _negation(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old, new = pair.old.negated, pair.new.negated
    if old and new:
        yield pair.descend(old, new, pair.label.step(" not"), inverted=True)
    elif new:
        says = f"{pair.label.start} must now not match a certain schema."
        yield pair.shift("not-added", Movement.NARROWER, says)
    elif old:
        says = f"{pair.label.start} may now match what it had not to match before."
        yield pair.shift("not-removed", Movement.WIDER, says)


def _keyword(
    pair: SchemaPair, keyword: str, old: tuple[Part, ...], new: tuple[Part, ...]
) -> Iterator[Shift | Descent]:
    inner = _inner(keyword, old, new)
    for mark, before, after in inner:
        yield pair.descend((before,), (after,), pair.label.step(mark))
    if inner or _said(old) == _said(new):
        return
    says = f"{pair.label.start} has another '{keyword[:40]}' than before."
    words = f"{keyword} {_said(old)!r} -> {_said(new)!r}"
    yield pair.shift("changed", Movement.OTHER, says, words=words, impact=Impact.WARNING)


def _said(parts: tuple[Part, ...]) -> list[bytes]:
    return sorted(canonical(part.node) for part in parts)


def _inner(
    keyword: str, old: tuple[Part, ...], new: tuple[Part, ...]
) -> list[tuple[str, Part, Part]]:
    """Pairs of schemas inside a keyword that has one form in both documents."""
    if len(old) != 1 or len(new) != 1:
        return []
    before, after = old[0], new[0]
    if keyword in ONE and isinstance(before.node, (Mapping, bool)):
        return [(f" {keyword}", before, after)] if isinstance(after.node, (Mapping, bool)) else []
    members = (_members(keyword, before), _members(keyword, after))
    if not members[0] or members[0].keys() != members[1].keys():
        return []
    return [(f" {keyword} {name}", part, members[1][name]) for name, part in members[0].items()]


def _members(keyword: str, part: Part) -> dict[Any, Part]:
    if keyword in NAMED and isinstance(part.node, Mapping):
        return {name: Part(node, part.at / name) for name, node in part.node.items()}
    if keyword == "prefixItems" and isinstance(part.node, list):
        return {index: Part(node, part.at / index) for index, node in enumerate(part.node)}
    return {}
