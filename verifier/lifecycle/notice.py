"""How much notice a vendor gives, from what its editions said and did: a score with its reasons."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from verifier.lifecycle.documents import of_operation
from verifier.model import Contract, Milestone, Operation, Sighting

__all__ = ["Notice", "Removal", "notice"]

GOOD_DAYS = 180  # what Google's AIP-185 asks for
WEIGHTS = {"announced": 50, "time": 30, "kept": 20}


class Removal(Struct, frozen=True, kw_only=True):
    """
    An operation that was there in one edition and gone in the next.

    Args:
        announced: The day of the edition that first marked it, or the day that the mark names
            where that is earlier; None where nothing ever did.
        promised: The last day that was named for its end; None for none.
        gone: The day of the edition that lacks it.
    """

    operation: str
    announced: datetime.date | None
    promised: datetime.date | None
    gone: datetime.date

    @property
    def days(self) -> int:
        """Days of notice; 0 where it was not announced."""
        return max((self.gone - self.announced).days, 0) if self.announced else 0

    @property
    def early(self) -> bool:
        """Whether it went before the day that was promised."""
        return self.promised is not None and self.gone < self.promised


class Notice(Struct, frozen=True, kw_only=True):
    """
    The notice that a vendor gave.

    Args:
        score: 0 to 100; None where nothing was ever removed, and nothing can be said.
        moved: Days that were moved after they were named: scope, from, to.
        lingering: Scopes whose day has passed and that are still published.
    """

    score: int | None
    removals: tuple[Removal, ...]
    moved: tuple[tuple[str, datetime.date, datetime.date], ...]
    lingering: tuple[str, ...]

    @property
    def unannounced(self) -> int:
        """How many removals nothing announced."""
        return sum(removal.announced is None for removal in self.removals)

    @property
    def median_days(self) -> float | None:
        """Of the removals that were announced."""
        days = [removal.days for removal in self.removals if removal.announced]
        from statistics import median  # start-up time

        return median(days) if days else None

    @property
    def says(self) -> str:
        """The score's reasons in one sentence."""
        if not self.removals:
            return "Nothing was removed between the editions that we know, so nothing can be said."
        total = len(self.removals)
        told = f"{self.unannounced} of {total} removals were not announced"
        typical = self.median_days
        days = f"; the others had {typical:.0f} days of notice (median)" if typical else ""
        moved = f"; {len(self.moved)} days were moved" if self.moved else ""
        return f"{told}{days}{moved}."


def notice(editions: Sequence[tuple[datetime.date, Contract]]) -> Notice:
    """
    What a series of editions shows.

    Of the score, 50 points go by the share of removals that were announced, 30 by the days of
    notice (180 are full marks), 20 by the share of named days that were kept.

    Args:
        editions: Each with the day on which it was published or first seen, in order.
    """
    told: dict[str, list[Sighting]] = {}
    removals: list[Removal] = []
    known: dict[str, Operation] = {}
    for day, contract in editions:
        present = {operation.key: operation for operation in contract.operations}
        removals += [_removal(key, told.get(key, []), day) for key in known if key not in present]
        for operation in contract.operations:
            for sighting in of_operation(contract, operation, day):
                if sighting.scope == operation.key:
                    told.setdefault(operation.key, []).append(sighting)
        known = present
    moved = tuple(move for key, seen in told.items() for move in _moves(key, seen))
    last = editions[-1][0] if editions else datetime.date.min
    lingering = tuple(key for key in known if _lingers(told.get(key, []), last))
    return Notice(
        score=_score(removals, moved, told),
        removals=tuple(removals),
        moved=moved,
        lingering=lingering,
    )


def _removal(key: str, told: list[Sighting], gone: datetime.date) -> Removal:
    days = _ends(told)
    starts = [s.seen for s in told]
    starts += [s.signal.date for s in told if s.signal.date and not _is_end(s)]
    return Removal(
        operation=key,
        announced=min(starts) if starts else None,
        promised=days[-1] if days else None,
        gone=gone,
    )


def _is_end(sighting: Sighting) -> bool:
    return sighting.signal.milestone is Milestone.ENDS


def _ends(told: list[Sighting]) -> list[datetime.date]:
    return [s.signal.date for s in told if _is_end(s) and s.signal.date is not None]


def _moves(key: str, told: list[Sighting]) -> list[tuple[str, datetime.date, datetime.date]]:
    days = _ends(told)
    return [(key, a, b) for a, b in pairwise(days) if a != b]


def _lingers(told: list[Sighting], today: datetime.date) -> bool:
    days = _ends(told)
    return bool(days) and days[-1] < today


def _score(
    removals: list[Removal],
    moved: tuple[tuple[str, datetime.date, datetime.date], ...],
    told: dict[str, list[Sighting]],
) -> int | None:
    if not removals:
        return None
    announced = sum(removal.announced is not None for removal in removals) / len(removals)
    time = sum(min(removal.days / GOOD_DAYS, 1) for removal in removals) / len(removals)
    named = sum(bool(_ends(seen)) for seen in told.values())
    broken = len({key for key, _, _ in moved} | {r.operation for r in removals if r.early})
    kept = 1 - broken / named if named else 1.0
    points = (
        WEIGHTS["announced"] * announced + WEIGHTS["time"] * time + WEIGHTS["kept"] * max(kept, 0)
    )
    return round(points)
