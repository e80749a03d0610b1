"""The types of a value: fewer, more, or others; and whether it may be null."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verifier.diffing.branches import matched, offered
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Shape
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["types"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
CHANGED = Rule(
    name="changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A value has another type.",
)
WIDENED = Rule(
    name="widened", edit=Edit.CHANGED, moves=WIDER, says="A value may have further types."
)
NARROWED = Rule(
    name="narrowed", edit=Edit.CHANGED, moves=NARROWER, says="A value may have fewer types."
)
DESCRIBED = Rule(
    name="described",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="What was free has a schema now.",
)
UNDESCRIBED = Rule(
    name="undescribed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="What had a schema has none any more.",
    response=Departure(Impact.WARNING, "only the description is gone; no other value is promised"),
)
NULL_ALLOWED = Rule(
    name="null-allowed", edit=Edit.CHANGED, moves=WIDER, says="A value may now be null."
)
NULL_REFUSED = Rule(
    name="null-refused", edit=Edit.CHANGED, moves=NARROWER, says="A value may not be null now."
)
MEANT = "the other keywords, which are for that type, had meant nothing else"
TYPED = Rule(
    name="typed",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A type that other keywords had implied is written down.",
    request=Departure(Impact.INFO, MEANT),
)
UNTYPED = Rule(
    name="untyped",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A type is only implied by other keywords now.",
    response=Departure(Impact.INFO, MEANT),
)
# Written down as text, a number is a text as well.
TEXTUAL = {
    "string": frozenset({"string", "number", "integer", "boolean"}),
    "number": frozenset({"number", "integer"}),
}


@family("schema", area="schema", reads=("kinds", "null"))
def types(pair: SchemaPair) -> Iterator[Shift]:
    """Sets of types contain one another or they do not; an integer is a number."""
    if not pair.legible:
        return
    old, new = pair.old_kinds, pair.new_kinds
    label = pair.label.start
    if old != new and not _within_branches(pair):
        words = f"{_name(old)} -> {_name(new)}"
        if pair.new.free:
            yield pair.shift(UNDESCRIBED, f"{label} is no longer described.", words=words)
        elif pair.old.free:
            says = f"{label} was not described and is now {_name(new)}."
            yield pair.shift(DESCRIBED, says, words=words)
        else:
            says = f"{label} was {_name(old)} and is now {_name(new)}."
            yield pair.shift(_rule(pair, old, new), says, words=words)
    if old is not None and new is not None and pair.old.null != pair.new.null:
        yield _null(pair, old == new and _implied(pair.old) != _implied(pair.new))


def _within_branches(pair: SchemaPair) -> bool:
    """Whether other types come of alternatives that both have, at which they are told."""
    before, after = offered(pair.old), offered(pair.new)
    old, new = pair.old_kinds, pair.new_kinds
    if pair.old.types is not None or pair.new.types is not None or not (before and after):
        return False
    if old is None or new is None:
        return False
    _, gone, come = matched(pair, before, after)
    lost, won = old - new, new - old
    return not any((pair.old_shapes.of(b).kinds or lost) & lost for b in gone) and not any(
        (pair.new_shapes.of(b).kinds or won) & won for b in come
    )


def _null(pair: SchemaPair, implied: bool) -> Shift:
    """
    Null comes or goes.

    Args:
        implied: Whether it does so only because one side leaves the type to other keywords.
    """
    allowed = pair.new.null
    if implied:
        gone = "is no longer written down" if allowed else "was implied and is now written down"
        says = f"The type of {pair.label} {gone}: {_name(pair.new_kinds)}."
        return pair.shift(UNTYPED if allowed else TYPED, says)
    label, *places = pair.use or (pair.label, *pair.sites)
    says = f"{label.start} may {'now' if allowed else 'no longer'} be null."
    rule = NULL_ALLOWED if allowed else NULL_REFUSED
    return replace(
        pair.shift(rule, says, old=places[0], new=places[1]),
        member=label.path,
        hints=(None,),
        rooted=label.root.startswith("schema "),
    )


def _implied(shape: Shape) -> bool:
    """Whether neither a type nor a list says which values there are."""
    return shape.types is None and shape.options is None


def _rule(pair: SchemaPair, old: frozenset[str] | None, new: frozenset[str] | None) -> Rule:
    if pair.carrier != "json":
        old, new = _textual(old), _textual(new)
    if new is None or (old is not None and old <= new):
        return WIDENED
    if old is None or new <= old:
        return NARROWED
    return CHANGED


def _textual(kinds: frozenset[str] | None) -> frozenset[str] | None:
    if kinds is None:
        return None
    return frozenset().union(*(TEXTUAL.get(kind, frozenset({kind})) for kind in kinds))


def _name(kinds: frozenset[str] | None) -> str:
    if kinds is None:
        return "of any type"
    shown = kinds - {"integer"} if "number" in kinds else kinds
    return " or ".join(sorted(shown)) or "impossible"
