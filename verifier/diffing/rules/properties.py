"""The members of an object: which there are, which must be there, and who may send them."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.folding import Shapes
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shapes import Part, free_part
from verifier.diffing.shifts import Descent, Shift, family
from verifier.model import Edit, Impact, Movement, Pointer, Side

__all__ = ["properties"]

LEAST_SILENT = 3  # of fewer, each is told
MOST_SHOWN = 6
NARROWER, WIDER, EQUAL = Movement.NARROWER, Movement.WIDER, Movement.EQUAL
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="A member of an open object is no longer taken.",
    request=Departure(Impact.WARNING, "an open object lets it through, to be ignored in silence"),
)
REFUSED = Rule(
    name="removed-closed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A member of a closed object is no longer taken.",
)
LOST = Rule(
    name="removed-required",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A member that was always sent is no longer sent.",
)
DROPPED = Rule(
    name="removed-optional",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="A member that could be sent is no longer sent.",
    response=Departure(Impact.WARNING, "what could be missing had to be done without anyhow"),
)
UNDESCRIBED = Rule(
    name="undescribed",
    edit=Edit.REMOVED,
    moves=EQUAL,
    says="None of the members of an object is described any more.",
    request=Departure(Impact.WARNING, "whether they are still taken is not told any more"),
    response=Departure(Impact.WARNING, "whether they are still sent is not told any more"),
)
ADDED = Rule(name="added", edit=Edit.ADDED, moves=EQUAL, says="A member is new.")
ADDED_REQUIRED = Rule(
    name="added-required",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A new member must be sent; a default does not excuse its absence.",
)
ADDED_CLOSED = Rule(
    name="added-closed",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A member is new in an object that was closed.",
    response=Departure(Impact.WARNING, "clients that took the document's word refuse it"),
)
REQUIRED = Rule(
    name="required", edit=Edit.CHANGED, moves=NARROWER, says="A member must now be there."
)
OPTIONAL = Rule(
    name="optional", edit=Edit.CHANGED, moves=WIDER, says="A member may now be missing."
)
READ_ONLY = Rule(
    name="read-only",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="A member can no longer be set by clients.",
    request=Departure(Impact.WARNING, "most vendors ignore what is read-only, some refuse it"),
)
WRITABLE = Rule(
    name="writable", edit=Edit.CHANGED, moves=WIDER, says="A member can now be set by clients."
)
WRITE_ONLY = Rule(
    name="write-only",
    edit=Edit.CHANGED,
    moves=WIDER,
    says="A member is no longer part of answers: a removal in disguise.",
)
READABLE = Rule(
    name="readable", edit=Edit.CHANGED, moves=EQUAL, says="A member is now part of answers."
)
MUST = {Side.REQUEST: "must now be sent", Side.RESPONSE: "is now always sent"}
NEED_NOT = {Side.REQUEST: "need no longer be sent", Side.RESPONSE: "may now be left out"}


@family("schema", area="schema", reads=("listings", "required"))
def properties(pair: SchemaPair) -> Iterator[Shift | Descent]:
    """
    Members that came, went, or stayed; what one side never sends does not count there.

    Where nothing at all is said of an object any more, that is told, and not of each member.
    """
    if not pair.comparable or not pair.takes("object"):
        return
    old, new = pair.old.properties, pair.new.properties
    touched = pair.touched()
    silent = _undescribed(pair)
    yield from _silence(pair, silent)
    for name in (name for name in old if name not in silent):
        if name not in new and not pair.new.free:
            yield from _removed(pair, name, pair.old.member(name))
        elif name in touched:
            yield from _kept(pair, name, pair.old.member(name), pair.new.member(name))
    for name in new:
        if name not in old:
            yield from _added(pair, name, pair.new.member(name))
    for name in sorted(pair.old.required ^ pair.new.required):
        if name not in old and name not in new:  # binds all the same
            yield _requirement(pair, name, None, None)


def _undescribed(pair: SchemaPair) -> tuple[str, ...]:
    """Members that are all gone by one edit: nothing is told of the object's inside any more."""
    if pair.new.properties or pair.new.closed or len(pair.old.properties) < LEAST_SILENT:
        return ()
    bound = pair.old.required if pair.side is Side.RESPONSE else pair.new.required
    return tuple(name for name in pair.old.properties if name not in bound)


def _silence(pair: SchemaPair, names: tuple[str, ...]) -> Iterator[Shift]:
    if not names or pair.new.free:
        return
    shown = ", ".join(name[:40] for name in names[:MOST_SHOWN])
    more = f" and {len(names) - MOST_SHOWN} more" if len(names) > MOST_SHOWN else ""
    says = f"{pair.label.start}: its members are no longer described: {shown}{more}."
    yield pair.shift(UNDESCRIBED, says, words=",".join(sorted(names)))


def _hidden(shapes: Shapes, parts: tuple[Part, ...], side: Side) -> bool:
    """Whether values of this side never carry the member (OpenAPI 3.0.4, 4.7.24.1)."""
    return shapes.marked(parts, "readOnly" if side is Side.REQUEST else "writeOnly")


def _removed(pair: SchemaPair, name: str, parts: tuple[Part, ...]) -> Iterator[Shift | Descent]:
    if _hidden(pair.old_shapes, parts, pair.side):
        return
    label = pair.label.member(name).start
    if pair.side is Side.REQUEST:
        rule = REFUSED if pair.new.closed else REMOVED
        says = f"{label} is no longer taken."
    else:
        rule = LOST if name in pair.old.required else DROPPED
        says = f"{label} is no longer sent."
    if name in pair.new.required:
        # Its name is still asked for: only what it must be is not told any more.
        yield from _kept(pair, name, parts, (free_part(pair.new.at),))
        return
    yield pair.shift(rule, says, words=name, old=parts[0].at, member=name)


def _added(pair: SchemaPair, name: str, parts: tuple[Part, ...]) -> Iterator[Shift | Descent]:
    if _hidden(pair.new_shapes, parts, pair.side):
        return
    if name in pair.old.required:
        yield from _kept(pair, name, (free_part(pair.old.at),), parts)
        return
    label = pair.label.member(name).start
    required = name in pair.new.required
    if pair.side is Side.REQUEST:
        says = f"{label} is new and {'must' if required else 'may'} be sent."
        rule = ADDED_REQUIRED if required else ADDED
    else:
        says = f"{label} is new."
        rule = ADDED_CLOSED if pair.old.closed else ADDED
    yield pair.shift(rule, says, words=name, new=parts[0].at, member=name)


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
        yield _requirement(pair, name, _edited(pair, old, 0), _edited(pair, new, 1))
    if not same:
        yield pair.descend(old, new, pair.label.member(name))


def _edited(pair: SchemaPair, parts: tuple[Part, ...], index: int) -> Pointer:
    """Where a member stands in the part that was edited; else where it stands first."""
    inside = f"{pair.sites[index].path}/"
    return next((part.at for part in parts if part.at.path.startswith(inside)), parts[0].at)


def _requirement(pair: SchemaPair, name: str, old: Pointer | None, new: Pointer | None) -> Shift:
    now = name in pair.new.required
    label = pair.label.member(name).start
    says = f"{label} {(MUST if now else NEED_NOT)[pair.side]}."
    rule = REQUIRED if now else OPTIONAL
    return pair.shift(rule, says, words=name, old=old, new=new, member=name)


def _visibility(pair: SchemaPair, name: str, hidden: bool, old: Pointer, new: Pointer) -> Shift:
    label = pair.label.member(name).start
    if pair.side is Side.REQUEST:
        rule = READ_ONLY if hidden else WRITABLE
        says = f"{label} can {'no longer' if hidden else 'now'} be set by clients."
    else:
        rule = WRITE_ONLY if hidden else READABLE
        says = f"{label} is {'no longer' if hidden else 'now'} part of answers."
    return pair.shift(rule, says, words=name, old=old, new=new, member=name)
