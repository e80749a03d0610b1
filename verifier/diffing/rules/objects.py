"""Members that are not listed: any, none, those of one schema, or those of a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["objects"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
TOLERANT = Departure(Impact.WARNING, "tolerant readers skip what they do not know")
CLOSED = Rule(
    name="closed",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="Members that are not listed are refused now.",
)
OPENED = Rule(
    name="opened",
    edit=Edit.CHANGED,
    moves=WIDER,
    says="Members that are not listed are allowed now.",
    response=TOLERANT,
)
LIMITED = Rule(
    name="limited",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="Members that are not listed must obey a schema.",
)
FREED = Rule(
    name="freed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="Members that are not listed are free.",
    response=TOLERANT,
)
PATTERN_ADDED = Rule(
    name="pattern-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="Members whose names match a pattern must obey a schema.",
)
PATTERN_REMOVED = Rule(
    name="pattern-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="Members whose names match a pattern are free.",
)
PATTERN_TAKEN = Rule(
    name="pattern-taken",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A closed object takes members whose names match a pattern.",
    response=TOLERANT,
)
PATTERN_REFUSED = Rule(
    name="pattern-refused",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A closed object no longer takes members whose names match a pattern.",
)
NAMES_ADDED = Rule(
    name="names-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="Names of members must obey a schema.",
)
NAMES_REMOVED = Rule(
    name="names-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="Names of members are free.",
)


@family("schema", area="schema", reads=("additional", "rest"))
def objects(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """``additionalProperties`` and ``unevaluatedProperties`` alike, patterns, and names."""
    if not pair.comparable or not pair.takes("object"):
        return
    old, new = pair.old, pair.new
    if old.additional or new.additional:
        yield from _further(pair)
    if "patternProperties" in old.rest or "patternProperties" in new.rest:
        yield from _patterns(pair)
    before, after = old.rest.get("propertyNames", ()), new.rest.get("propertyNames", ())
    if before and after:
        yield pair.descend(before, after, pair.label.step(" propertyNames"))
    elif before or after:
        fate = "must now obey a schema" if after else "are now free"
        says = f"{pair.label.start}: names of members {fate}."
        yield pair.shift(NAMES_ADDED if after else NAMES_REMOVED, says)


def _further(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old = pair.old_shapes.bound(pair.old.additional)
    new = pair.new_shapes.bound(pair.new.additional)
    start = pair.label.start
    if pair.old.closed != pair.new.closed:
        fate = "no longer" if pair.new.closed else "now"
        says = f"{start} may {fate} have members that are not listed."
        yield pair.shift(CLOSED if pair.new.closed else OPENED, says)
    elif pair.old.closed:
        return
    elif old and new:
        yield pair.descend(old, new, pair.label.step("{}"))
    elif old or new:
        fate = "are now free" if old else "must now obey a schema"
        says = f"{start}: members that are not listed {fate}."
        yield pair.shift(FREED if old else LIMITED, says)


def _patterns(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old, new = _listed(pair.old.rest), _listed(pair.new.rest)
    for pattern in sorted(old.keys() | new.keys()):
        if pattern in old and pattern in new:
            label = pair.label.step(f"{{{pattern[:40]}}}")
            yield pair.descend((old[pattern],), (new[pattern],), label)
            continue
        came = pattern in new
        if (pair.new if came else pair.old).closed:
            rule = PATTERN_TAKEN if came else PATTERN_REFUSED
        else:
            rule = PATTERN_ADDED if came else PATTERN_REMOVED
        fate = "now have a schema" if came else "no longer have a schema"
        says = f"{pair.label.start}: members whose names match {pattern[:60]} {fate}."
        yield pair.shift(rule, says, words=pattern)


def _listed(rest: Mapping[str, tuple[Part, ...]]) -> dict[str, Part]:
    return {
        str(pattern): Part(node, part.at / str(pattern))
        for part in rest.get("patternProperties", ())
        if isinstance(part.node, Mapping)
        for pattern, node in part.node.items()
    }
