"""What is wrong with a scenario file, where, and how to mend it; told before anything is sent."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from msgspec import Struct

from verifier.errors import ConfigError
from verifier.model import Place

__all__ = ["Flaw", "Grade", "Report", "alike", "nearest", "refuse", "suggestion"]

MOST_TOLD = 12
MOST_KNOWN = 8


class Grade(enum.IntEnum):
    """
    How bad a flaw is.

    ``WRONG`` breaks the standard or cannot be carried out; ``DOUBTFUL`` is allowed by the
    standard's letter and can never mean anything (it is refused, unless asked to be lenient);
    ``NOTE`` is told only.
    """

    NOTE = 1
    DOUBTFUL = 2
    WRONG = 3


class Flaw(Struct, frozen=True, kw_only=True):
    """One flaw: what, where (file and line), and what to write instead."""

    says: str
    place: Place
    mend: str = ""
    grade: Grade = Grade.WRONG

    def __str__(self) -> str:
        hint = f"\n    {self.mend}" if self.mend else ""
        return f"{self.place}: {self.says}{hint}"


Report = Callable[[Flaw], None]


def refuse(flaws: Iterable[Flaw], *, lenient: bool = False) -> None:
    """
    Raise an error that tells every flaw of weight.

    Args:
        lenient: Whether doubtful ones are let pass.

    Raises:
        ConfigError: There is one.
    """
    least = Grade.WRONG if lenient else Grade.DOUBTFUL
    heavy = [flaw for flaw in flaws if flaw.grade >= least]
    if not heavy:
        return
    if len(heavy) == 1:
        only = heavy[0]
        raise ConfigError(only.says, where=str(only.place), mend=only.mend)
    told = "\n".join(f"  {flaw}" for flaw in heavy[:MOST_TOLD])
    more = f"\n  and {len(heavy) - MOST_TOLD} more" if len(heavy) > MOST_TOLD else ""
    raise ConfigError(
        f"the scenario has {len(heavy)} flaws:\n{told}{more}", where=heavy[0].place.file
    )


def alike(name: str, other: str) -> bool:
    """Whether two names differ in case and punctuation only: ``pet_id`` and ``petId``."""
    return _letters(name) == _letters(other)


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def nearest(name: str, known: Iterable[str], cutoff: float = 0.55) -> str:
    """The known name that is most like this one; empty where none is like it."""
    names = list(known)
    lower = {each.lower(): each for each in names}
    found = get_close_matches(name.lower(), lower, n=1, cutoff=cutoff)
    return lower[found[0]] if found else ""


def suggestion(name: str, known: Sequence[str]) -> str:
    """A mend for a name that is not known: the nearest, or what there is."""
    near = nearest(name, known)
    if near:
        return f"Did you mean '{near}'?"
    if not known:
        return "There is none to choose from."
    shown = ", ".join(known[:MOST_KNOWN])
    more = f" and {len(known) - MOST_KNOWN} more" if len(known) > MOST_KNOWN else ""
    return f"Known: {shown}{more}."
