"""Operations that are gone, moved, or new."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from verifier.diffing.pairs import TEMPLATE, ContractPair, shape_of_path
from verifier.diffing.rule import Departure, Rule
from verifier.diffing.shifts import Shift, family
from verifier.diffing.standing import of_operation
from verifier.model import Edit, Impact, Movement, Operation, Side

__all__ = ["operations"]

NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
CALLED = "whoever calls it is refused from now on"
GONE = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="An operation is gone, unannounced.",
    request=Departure(Impact.BREAKING, CALLED),
)
GONE_DEPRECATED = Rule(
    name="removed-deprecated",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="An operation is gone that had been marked as deprecated.",
    request=Departure(
        Impact.WARNING, "whoever read the mark had time, but no date said how much of it"
    ),
)
GONE_EARLY = Rule(
    name="removed-early",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="An operation is gone before the day that was named for its end.",
    request=Departure(Impact.BREAKING, f"the day that was named has not come, and {CALLED}"),
)
GONE_ON_TIME = Rule(
    name="removed-on-time",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="An operation is gone, as was announced, after the day that was named for its end.",
    request=Departure(Impact.INFO, "the day was named, and it has passed"),
)
SILENCED = Rule(
    name="event-removed",
    edit=Edit.REMOVED,
    moves=Movement.INCOMPARABLE,
    says="A webhook or callback is gone: whoever waits for it is not told any more.",
)
ADDED = Rule(name="added", edit=Edit.ADDED, moves=WIDER, says="An operation is new.")
SHADOWING = Rule(
    name="added-shadowing",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A new path is a value that a template took before: /items/me beside /items/{id}.",
    request=Departure(Impact.WARNING, "what went to the template with that value goes elsewhere"),
)
EVENT = Rule(
    name="event-added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A webhook or callback is new.",
    response=Departure(Impact.INFO, "events are mostly sent to those who asked for them"),
)
MOVED = Rule(
    name="moved",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="An operation has another address.",
    request=Departure(Impact.BREAKING, "whoever calls the address that it had finds nothing there"),
)
RESPELLED = Rule(
    name="respelled",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="Only letter case or a slash at the end of a path changed.",
    request=Departure(Impact.WARNING, "many routers forgive letter case and a slash at the end"),
)
RELOCATED = Rule(
    name="relocated",
    edit=Edit.CHANGED,
    moves=NARROWER,
    says="All paths begin with another prefix than before.",
)


@family("contract", area="operation")
def operations(pair: ContractPair) -> Iterator[Shift]:
    """What is gone breaks who used it, unless it was announced."""
    for old in _whole(pair.removed):
        yield _removed(old, pair.today)
    templates = {shape_of_path(o.path): o.path for o in pair.old.operations if "{" in o.path}
    for new in _whole(pair.added):
        yield _added(new, templates)
    for moved in pair.moved:
        respelled = _plain(moved.old) == _plain(moved.new)
        yield Shift(
            rule=RESPELLED if respelled else MOVED,
            says=f"{moved.old.key} is now {moved.new.key}.",
            side=Side.REQUEST,
            old=moved.old.at,
            new=moved.new.at,
            words=shape_of_path(moved.new.key),
            operations=(moved.new.key,),
        )
    yield from _relocated(pair)


def _whole(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    """Without callbacks of what is among them itself: they come and go with it."""
    places = {f"{operation.at}/callbacks" for operation in operations}
    for operation in operations:
        holder, inside, _ = str(operation.at).rpartition("/callbacks/")
        if operation.kind != "callback" or not inside or f"{holder}/callbacks" not in places:
            yield operation


def _removed(old: Operation, today: datetime.date) -> Shift:
    asked = old.kind == "operation"
    standing = of_operation(old)
    rule, announced = GONE, ""
    if standing.ends:
        rule = GONE_ON_TIME if standing.ends <= today else GONE_EARLY
        announced = f" It was to end on {standing.ends}."
    elif standing.deprecated:
        rule, announced = GONE_DEPRECATED, " It had been marked as deprecated."
    return Shift(
        rule=rule if asked else SILENCED,
        says=f"{old.key} is gone.{announced}",
        side=Side.REQUEST if asked else Side.RESPONSE,
        old=old.at,
        operations=(old.key,),
    )


def _added(new: Operation, templates: dict[str, str]) -> Shift:
    hidden = _shadowed(new.path, templates) if new.kind == "operation" else ""
    asked = new.kind == "operation"
    more = f" It takes what went to {hidden} before." if hidden else ""
    return Shift(
        rule=(SHADOWING if hidden else ADDED) if asked else EVENT,
        says=f"{new.key} is new.{more}",
        side=Side.REQUEST if asked else Side.RESPONSE,
        new=new.at,
        operations=(new.key,),
    )


def _shadowed(path: str, templates: dict[str, str]) -> str:
    """The earlier template that a new path is one value of; empty where there is none."""
    segments = shape_of_path(path).split("/")
    for index, segment in enumerate(segments):
        if segment and not TEMPLATE.search(segment):
            general = "/".join([*segments[:index], "{}", *segments[index + 1 :]])
            if general in templates:
                return templates[general]
    return ""


def _relocated(pair: ContractPair) -> Iterator[Shift]:
    moved = pair.relocation
    if moved is None or moved.silent:
        return
    keys = tuple(p.new.key for p in pair.kept if moved.moved(p.old.path) is not None)
    yield Shift(
        rule=RELOCATED,
        says=f"All paths that began with '{moved.old or '/'}' begin with '{moved.new or '/'}' now.",
        side=Side.REQUEST,
        words=f"{moved.old} -> {moved.new}",
        operations=keys,
    )


def _plain(operation: Operation) -> str:
    return shape_of_path(operation.path).rstrip("/").lower()
