"""How alternatives are told apart: the member that says which one it is, and its values."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["discriminators"]

DISPATCH = Departure(Impact.BREAKING, "generated clients choose a class by it")
SENT = Departure(Impact.WARNING, "the values themselves are compared elsewhere")
CHANGED = Rule(
    name="changed",
    edit=Edit.CHANGED,
    moves=Movement.EQUAL,
    says="Alternatives are told apart by another member.",
    request=SENT,
    response=DISPATCH,
)
ADDED = Rule(
    name="added",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="A member says which alternative a value is.",
)
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="No member says any more which alternative a value is.",
    request=SENT,
    response=DISPATCH,
)
VALUE_ADDED = Rule(
    name="value-added",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="A further value stands for an alternative.",
    response=Departure(Impact.WARNING, "a client that dispatches on it has no class for it"),
)
VALUE_REMOVED = Rule(
    name="value-removed",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A value no longer stands for an alternative.",
    request=Departure(Impact.WARNING, "what was sent with it has no meaning now"),
)
VALUE_CHANGED = Rule(
    name="value-changed",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="A value stands for another alternative.",
)


@family("schema", area="schema", reads=("discriminator", "mapping"))
def discriminators(pair: SchemaPair) -> Iterator[Shift]:
    """The member, and which value means what; names of components are free."""
    old, new = pair.old.discriminator, pair.new.discriminator
    if not old and not new:
        return
    label = pair.label.start
    words = f"{old} -> {new}"
    if old != new:
        if not old:
            yield pair.shift(ADDED, f"{label} is told apart by '{new[:80]}'.", words=words)
        elif not new:
            says = f"{label} is no longer told apart by '{old[:80]}'."
            yield pair.shift(REMOVED, says, words=words)
        else:
            says = f"{label} is told apart by '{new[:80]}' instead of '{old[:80]}'."
            yield pair.shift(CHANGED, says, words=words)
        return
    yield from _values(pair, pair.old.mapping, pair.new.mapping)


def _values(pair: SchemaPair, old: dict[str, str], new: dict[str, str]) -> Iterator[Shift]:
    if not old or not new:
        return  # without a mapping the names of components are the values
    label = pair.label.start
    for value in old.keys() | new.keys():
        told = f"{label}: '{value[:60]}'"
        if value not in new:
            yield pair.shift(VALUE_REMOVED, f"{told} no longer stands for anything.", words=value)
        elif value not in old:
            yield pair.shift(VALUE_ADDED, f"{told} now stands for {new[value][:60]}.", words=value)
        elif old[value] != new[value] and old[value] in new.values():
            says = f"{told} stood for {old[value][:60]} and now stands for {new[value][:60]}."
            yield pair.shift(VALUE_CHANGED, says, words=value)
