"""The listed values that are allowed: enum, and const as an enum of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from verifier.diffing.schemas import SchemaPair
from verifier.diffing.shifts import Movement, Shift, family
from verifier.model import Impact, Side

__all__ = ["values"]

MOST_SHOWN = 8
LONGEST_SHOWN = 60


@family("schema")
def values(pair: SchemaPair) -> Iterator[Shift]:
    """What left the list and what joined it; or that a list came, or went."""
    old, new = pair.old.options, pair.new.options
    if old == new or not pair.comparable:
        return
    # An answer with a value that is new breaks strict clients only; most vendors' policies count
    # it as compatible, so it warns.
    wider = Impact.WARNING if pair.side is Side.RESPONSE else None
    if old is None:
        says = f"{pair.label.start} was free and must now be one of {_list(new or ())}."
        yield pair.shift("listed", Movement.NARROWER, says, words=_words(new or ()))
    elif new is None:
        says = f"{pair.label.start} was one of {_list(old)} and is now free."
        yield pair.shift("unlisted", Movement.WIDER, says, words=_words(old), impact=wider)
    else:
        gone = [value for value in old if value not in new]
        come = [value for value in new if value not in old]
        if gone:
            says = f"{pair.label.start} can no longer be {_list(gone)}."
            yield pair.shift("removed", Movement.NARROWER, says, words=_words(gone))
        if come:
            says = f"{pair.label.start} can now also be {_list(come)}."
            yield pair.shift("added", Movement.WIDER, says, words=_words(come), impact=wider)


def _list(options: Iterable[bytes]) -> str:
    texts = [option.decode(errors="replace")[:LONGEST_SHOWN] for option in options]
    more = len(texts) - MOST_SHOWN
    return ", ".join(texts[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _words(options: Iterable[bytes]) -> str:
    return b",".join(sorted(options)).decode(errors="replace")
