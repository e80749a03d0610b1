"""What holds only under a condition: if, dependent members and schemas; and what must not be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verifier.diffing.rule import Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, canonical, free_part
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Movement

__all__ = ["conditions"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
NOT_ADDED = Rule(
    name="not-added", edit=Edit.ADDED, moves=NARROWER, says="Certain values are now excluded."
)
NOT_REMOVED = Rule(
    name="not-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="Certain values are no longer excluded.",
)
IF_ADDED = Rule(
    name="if-added", edit=Edit.ADDED, moves=NARROWER, says="More is demanded under a condition."
)
IF_REMOVED = Rule(
    name="if-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="What was demanded under a condition is not any more.",
)
IF_CHANGED = Rule(
    name="if-changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="The condition under which more is demanded is another.",
    undecided=True,
)
MEMBERS_ADDED = Rule(
    name="dependency-added",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="One member demands others.",
)
MEMBERS_REMOVED = Rule(
    name="dependency-removed",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="One member no longer demands others.",
)
BRANCHES = ("then", "else")


@family("schema", area="schema", reads=("negated", "rest", "demands"))
def conditions(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """Conditions narrow; inside ``not`` what widens narrows."""
    yield from _negation(pair)
    if not pair.comparable:
        return
    yield from _conditional(pair)
    yield from _dependencies(pair)


def _negation(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old, new = pair.old.negated, pair.new.negated
    if old and new:
        yield pair.descend(old, new, pair.label.step(" not"), inverted=True)
    elif new:
        says = f"{pair.label.start} must now not match a certain schema."
        yield pair.shift(NOT_ADDED, says)
    elif old:
        says = f"{pair.label.start} may now match what it had not to match before."
        yield pair.shift(NOT_REMOVED, says)


def _conditional(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old, new = pair.old.rest, pair.new.rest
    was, is_now = _active(old), _active(new)
    if was and is_now:
        if _said(old["if"]) != _said(new["if"]):
            says = f"{pair.label.start}: the condition under which more is demanded is another."
            yield pair.shift(IF_CHANGED, says)
        for name in BRANCHES:
            before = old.get(name) or (free_part(pair.old.at),)
            after = new.get(name) or (free_part(pair.new.at),)
            yield pair.descend(before, after, pair.label.step(f" {name}"))
    elif was or is_now:
        fate = "more is demanded now" if is_now else "less is demanded now"
        says = f"{pair.label.start}: {fate} under a condition."
        yield pair.shift(IF_ADDED if is_now else IF_REMOVED, says)


def _active(rest: Mapping[str, tuple[Part, ...]]) -> bool:
    """A condition without consequence, or a consequence without condition, says nothing."""
    return "if" in rest and any(name in rest for name in BRANCHES)


def _said(parts: tuple[Part, ...]) -> list[bytes]:
    return sorted(canonical(part.node) for part in parts)


def _dependencies(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old, new = pair.old.demands, pair.new.demands
    for name in sorted(old.keys() | new.keys()):
        more = sorted(new.get(name, frozenset()) - old.get(name, frozenset()))
        less = sorted(old.get(name, frozenset()) - new.get(name, frozenset()))
        label = pair.label.member(name).start
        if more:
            says = f"{label} now demands {', '.join(more)[:200]} beside it."
            yield pair.shift(MEMBERS_ADDED, says, words=f"{name}: {','.join(more)}")
        if less:
            says = f"{label} no longer demands {', '.join(less)[:200]} beside it."
            yield pair.shift(MEMBERS_REMOVED, says, words=f"{name}: {','.join(less)}")
    yield from _schemas(pair)


def _schemas(pair: SchemaPair) -> Iterator[Shift | Descent]:
    old, new = _listed(pair.old.rest), _listed(pair.new.rest)
    for name in sorted(old.keys() | new.keys()):
        if name in old and name in new:
            yield pair.descend((old[name],), (new[name],), pair.label.step(f" with {name[:40]}"))
            continue
        came = name in new
        label = pair.label.member(name).start
        says = f"{label} {'now' if came else 'no longer'} demands more of the whole."
        yield pair.shift(MEMBERS_ADDED if came else MEMBERS_REMOVED, says, words=name)


def _listed(rest: Mapping[str, tuple[Part, ...]]) -> dict[str, Part]:
    return {
        str(name): Part(node, part.at / str(name))
        for part in rest.get("dependentSchemas", ())
        if isinstance(part.node, Mapping)
        for name, node in part.node.items()
    }
