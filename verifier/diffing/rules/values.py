"""The listed values that are allowed: enum, and const as an enum of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from verifier.diffing.rule import Departure, Rule
from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Shift, family
from verifier.model import Edit, Impact, Movement

__all__ = ["values"]

MOST_SHOWN = 8
LONGEST_SHOWN = 60
OUTSIDERS = ("verifier", "", 0, 7, 4711, 0.5)
NARROWER, WIDER = Movement.NARROWER, Movement.WIDER
TOLERANT = Departure(
    Impact.WARNING, "it breaks strict clients only, and most vendors call it compatible"
)
OPEN = Departure(Impact.INFO, "the document says that the list is open")
REMOVED = Rule(
    name="removed",
    edit=Edit.REMOVED,
    moves=NARROWER,
    says="A listed value is no longer allowed.",
)
ADDED = Rule(
    name="added",
    edit=Edit.ADDED,
    moves=WIDER,
    says="A further value is listed.",
    response=TOLERANT,
)
OPEN_REMOVED = Rule(
    name="open-removed",
    edit=Edit.REMOVED,
    moves=Movement.EQUAL,
    says="A value is no longer named in a list that the document calls open.",
    request=Departure(Impact.WARNING, "the list is open, yet a value that was named is not now"),
)
OPEN_ADDED = Rule(
    name="open-added",
    edit=Edit.ADDED,
    moves=Movement.EQUAL,
    says="A further value is named in a list that the document calls open.",
    response=OPEN,
)
LISTED = Rule(
    name="listed",
    edit=Edit.ADDED,
    moves=NARROWER,
    says="A value that was free must be one of a list.",
)
UNLISTED = Rule(
    name="unlisted",
    edit=Edit.REMOVED,
    moves=WIDER,
    says="A value that was one of a list is free.",
    response=TOLERANT,
)
REPLACED = Rule(
    name="replaced",
    edit=Edit.CHANGED,
    moves=Movement.INCOMPARABLE,
    says="None of the values that were listed is listed now.",
)


@family("schema", area="schema", reads=("options", "named"))
def values(pair: SchemaPair) -> Iterator[Shift]:
    """What left the list and what joined it; or that a list came, or went."""
    if not pair.comparable:
        return
    yield from _named(pair)
    old, new = pair.old.options, pair.new.options
    if old == new:
        return
    label = pair.label.start
    if old is None:
        says = f"{label} was free and must now be one of {_list(new or ())}."
        yield pair.shift(LISTED, says, words=_words(new or ()), hints=OUTSIDERS)
    elif new is None:
        says = f"{label} was one of {_list(old)} and is now free."
        yield pair.shift(UNLISTED, says, words=_words(old), hints=OUTSIDERS)
    elif old and new and not old.keys() & new.keys():
        says = f"{label} was one of {_list(old)} and is now one of {_list(new)}."
        yield pair.shift(
            REPLACED,
            says,
            words=f"{_words(old)} -> {_words(new)}",
            hints=(*old.values(), *new.values()),
        )
    else:
        yield from _moved(pair, old, new, open_=pair.new.open)


def _named(pair: SchemaPair) -> Iterator[Shift]:
    """Lists that only name what is usual (``x-extensible-enum``)."""
    old, new = pair.old.named, pair.new.named
    if old != new and old and new:
        yield from _moved(pair, old, new, open_=True)


def _moved(
    pair: SchemaPair, old: Mapping[bytes, Any], new: Mapping[bytes, Any], *, open_: bool
) -> Iterator[Shift]:
    gone = {key: value for key, value in old.items() if key not in new}
    come = {key: value for key, value in new.items() if key not in old}
    label = pair.label.start
    if gone:
        rule = OPEN_REMOVED if open_ else REMOVED
        says = f"{label} can no longer be {_list(gone)}."
        yield pair.shift(rule, says, words=_words(gone), hints=tuple(gone.values()))
    if come:
        rule = OPEN_ADDED if open_ else ADDED
        says = f"{label} can now also be {_list(come)}."
        yield pair.shift(rule, says, words=_words(come), hints=tuple(come.values()))


def _list(options: Iterable[bytes]) -> str:
    texts = [option.decode(errors="replace")[:LONGEST_SHOWN] for option in options]
    more = len(texts) - MOST_SHOWN
    return ", ".join(texts[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _words(options: Iterable[bytes]) -> str:
    return b",".join(sorted(options)).decode(errors="replace")
