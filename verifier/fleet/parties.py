"""Many vendors evaluated, each for itself: runs anywhere, judged and remembered here in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec import Struct

from verifier import pipeline
from verifier.errors import VerifierError
from verifier.runs.archive import Against
from verifier.runs.assignment import Assignment

__all__ = ["Brought", "Ended", "Party", "Spread", "evaluate_all", "exit_code"]

WORST_FIRST = (1, 130, 5, 4, 2, 3)


class Party(NamedTuple):
    """One vendor with the order for it."""

    name: str
    order: Assignment


class Brought(NamedTuple):
    """
    What came of an order: the folder of the run, or why there is none.

    Args:
        code: An exit code; 0 where there is a folder.
    """

    name: str
    folder: str = ""
    says: str = ""
    notes: tuple[str, ...] = ()
    code: int = 0


class Spread(Protocol):
    """Carries out orders, in any order and anywhere."""

    def __call__(self, parties: Sequence[Party]) -> Iterator[Brought]:
        """What came of each, as it comes."""


class Ended(Struct, frozen=True, kw_only=True):
    """
    How one vendor came off.

    Args:
        says: Why there is no verdict; empty where there is one.
        notes: What can be done about it.
    """

    name: str
    done: pipeline.Evaluation | None = None
    says: str = ""
    notes: tuple[str, ...] = ()
    code: int = 0


def evaluate_all(
    parties: Sequence[Party],
    spread: Spread,
    *,
    against: Against = Against(),  # noqa: B008  (frozen)
) -> Iterator[Ended]:
    """
    Evaluate many vendors.

    Runs are recorded wherever ``spread`` puts them; what comes home is judged, reported and
    remembered here, one at a time, so that a run is remembered once however often it was tried.
    """
    known = {party.name: party for party in parties}
    for brought in spread(parties):
        yield _ended(brought, known[brought.name].order, against)


def _ended(brought: Brought, order: Assignment, against: Against) -> Ended:
    name = brought.name
    if not brought.folder:
        return Ended(name=name, says=brought.says, notes=brought.notes, code=brought.code)
    try:
        done = pipeline.report(
            Path(brought.folder), formats=order.formats, language=order.language, against=against
        )
    except VerifierError as error:
        return Ended(name=name, says=str(error), code=error.exit_code)
    return Ended(name=name, done=done, code=done.exit_code)


def exit_code(ended: Iterable[Ended]) -> int:
    """1 where any vendor has findings, else the code of what went worst."""
    codes = {one.code for one in ended}
    return next((code for code in WORST_FIRST if code in codes), 0)
