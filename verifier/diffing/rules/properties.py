"""The members of an object: which there are, which must be there, and who may send them."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.folding import Shapes
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part
from verifier.diffing.shifts import Descent, Label, Movement, Shift, family
from verifier.model import Impact, Pointer, Side

__all__ = ["properties"]

MUST = {Side.REQUEST: "must now be sent", Side.RESPONSE: "is now always sent"}
NEED_NOT = {Side.REQUEST: "need no longer be sent", Side.RESPONSE: "may now be left out"}


@family("schema")
def properties(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """Members that came, went, or stayed; what one side never sends does not count there."""
    if not pair.comparable:
        return
    old, new = pair.old.properties, pair.new.properties
    for name in old:
        before = pair.old.member(name)
        if name in new:
            yield from _kept(pair, name, before, pair.new.member(name))
        elif not _hidden(pair.old_shapes, before, pair.side):
            yield _removed(pair, name, before)
    for name in new:
        if name not in old:
            after = pair.new.member(name)
            if not _hidden(pair.new_shapes, after, pair.side):
                yield _added(pair, name, after)
    for name in sorted(pair.old.required ^ pair.new.required):
        if name not in old and name not in new:  # binds all the same
            yield _requirement(pair, name, None, None)
    yield from _further(pair)


def _hidden(shapes: Shapes, parts: tuple[Part, ...], side: Side) -> bool:
    """Whether values of this side never carry the member (OpenAPI 3.0.4, 4.7.24.1)."""
    return shapes.marked(parts, "readOnly" if side is Side.REQUEST else "writeOnly")


def _removed(pair: SchemaPair, name: str, parts: tuple[Part, ...]) -> Shift:
    label = pair.label.member(name).start
    at = parts[0].at
    if pair.side is Side.REQUEST:
        # An open object still lets it through, to be ignored; a closed one refuses it.
        felt = Impact.BREAKING if pair.new.closed else Impact.WARNING
        says = f"{label} is no longer taken."
    else:
        # What was optional had to be done without anyhow.
        felt = Impact.BREAKING if name in pair.old.required else Impact.WARNING
        says = f"{label} is no longer sent."
    return pair.shift("removed", Movement.OTHER, says, words=name, impact=felt, old=at)


def _added(pair: SchemaPair, name: str, parts: tuple[Part, ...]) -> Shift:
    label = pair.label.member(name).start
    required = name in pair.new.required
    at = parts[0].at
    if pair.side is Side.REQUEST:
        felt = Impact.BREAKING if required else Impact.INFO
        says = f"{label} is new and {'must' if required else 'may'} be sent."
    else:
        # Clients that took the old document's word refuse what it excluded.
        felt = Impact.WARNING if pair.old.closed else Impact.INFO
        says = f"{label} is new."
    rule = "added-required" if required else "added"
    return pair.shift(rule, Movement.OTHER, says, words=name, impact=felt, new=at)


def _kept(
    pair: SchemaPair, name: str, old: tuple[Part, ...], new: tuple[Part, ...]
) -> Iterator[Shift | Descent]:
    same = pair.same(old, new)
    binding = (name in pair.old.required) != (name in pair.new.required)
    if same and not binding:
        return
    was = _hidden(pair.old_shapes, old, pair.side)
    is_now = _hidden(pair.new_shapes, new, pair.side)
    if was != is_now:
        yield _visibility(pair, name, is_now, old[0].at, new[0].at)
    if was or is_now:
        return
    if binding:
        yield _requirement(pair, name, old[0].at, new[0].at)
    if not same:
        yield pair.descend(old, new, pair.label.member(name))


def _requirement(pair: SchemaPair, name: str, old: Pointer | None, new: Pointer | None) -> Shift:
    now = name in pair.new.required
    label = pair.label.member(name).start
    says = f"{label} {(MUST if now else NEED_NOT)[pair.side]}."
    return pair.shift(
        "required" if now else "optional",
        Movement.NARROWER if now else Movement.WIDER,
        says,
        words=name,
        old=old,
        new=new,
    )


def _visibility(pair: SchemaPair, name: str, hidden: bool, old: Pointer, new: Pointer) -> Shift:
    label = pair.label.member(name).start
    if pair.side is Side.REQUEST:
        rule = "read-only" if hidden else "writable"
        says = f"{label} can {'no longer' if hidden else 'now'} be set by clients."
        # Most vendors ignore what is read-only, some refuse it.
        felt = Impact.WARNING if hidden else Impact.INFO
    else:
        rule = "write-only" if hidden else "readable"
        says = f"{label} is {'no longer' if hidden else 'now'} part of answers."
        felt = Impact.BREAKING if hidden else Impact.INFO
    return pair.shift(rule, Movement.OTHER, says, words=name, impact=felt, old=old, new=new)


def _further(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """Members that are not listed: any, none, or those of one schema."""
    old = pair.old_shapes.bound(pair.old.additional)
    new = pair.new_shapes.bound(pair.new.additional)
    label: Label = pair.label
    if pair.old.closed != pair.new.closed:
        if pair.new.closed:
            says = f"{label.start} may no longer have members that are not listed."
            yield pair.shift("closed", Movement.NARROWER, says)
        else:
            says = f"{label.start} may now have members that are not listed."
            # Tolerant readers skip what they do not know.
            felt = Impact.WARNING if pair.side is Side.RESPONSE else None
            yield pair.shift("opened", Movement.WIDER, says, impact=felt)
    elif pair.old.closed:
        return
    elif old and new:
        yield pair.descend(old, new, label.step("{}"))
    elif old or new:
        fate = "are now free" if old else "must now obey a schema"
        says = f"{label.start}: members that are not listed {fate}."
        yield pair.shift("further", Movement.WIDER if old else Movement.NARROWER, says)
