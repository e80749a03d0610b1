"""What is assumed where a value is left out."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement, Side

__all__ = ["defaults"]

SILENT = Departure(
    Impact.WARNING, "a request without the value now means something else, and no error tells"
)
CHANGED = Rule(
    name="changed",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="Another value is assumed where it is left out.",
    request=SILENT,
)
ADDED = Rule(
    name="added",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="It is told now what is assumed where a value is left out.",
)
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="It is not told any more what is assumed where a value is left out.",
    request=Departure(Impact.WARNING, "nobody can tell whether the same is still assumed"),
)
IN_ANSWERS = Rule(
    name="in-answers",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="Another default stands at a value of an answer, where it is only told to people.",
    audience="docs",
)


@family("schema", area="schema", reads=("default",))
def defaults(pair: SchemaPair) -> Iterator[Shift]:
    """Of requests: an answer says what it says."""
    old, new = pair.old.default, pair.new.default
    if old == new or not pair.comparable:
        return
    says = f"{pair.label.start}: the default was {_name(old)} and is now {_name(new)}."
    rule = ADDED if old is None else REMOVED if new is None else CHANGED
    if pair.side is not Side.REQUEST:
        rule = IN_ANSWERS
    yield pair.shift(rule, says, words=f"{_name(old)} -> {_name(new)}")


def _name(value: bytes | None) -> str:
    return "not told" if value is None else value[:80].decode(errors="replace")
