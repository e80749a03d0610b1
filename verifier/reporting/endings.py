"""What ends, and when, as the document and the answers of a run say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from verifier import lifecycle
from verifier.model import ChangeTimeline, Contract, Dated, Exchange, Milestone, Sighting

__all__ = ["Listener", "timeline"]

KINDS = {Milestone.DEPRECATED: "deprecation", Milestone.ENDS: "sunset"}
MOST_DATES = 200
# What a vendor says of an operation's end it says in every answer: a few are enough.
MOST_HEARD = 3


class Listener:
    """Hears the signs of an end in the answers of a run, a few of each operation and status."""

    def __init__(self) -> None:
        self._heard: Counter[tuple[str, int]] = Counter()

    def hear(self, exchange: Exchange) -> Iterator[Sighting]:
        """What one answer says."""
        key = exchange.request.operation, exchange.status
        self._heard[key] += 1
        if exchange.request.operation and self._heard[key] <= MOST_HEARD:
            yield from lifecycle.of_exchange(exchange)


def timeline(contract: Contract, heard: Iterable[Sighting], today: date) -> ChangeTimeline:
    """
    Every day that is announced, the nearest first, by the most trustworthy word.

    Args:
        today: The day on which the document was read.
    """
    told = lifecycle.deadlines([*lifecycle.of_document(contract, today), *heard])
    dates = [
        Dated(
            day=deadline.date.isoformat(),
            kind=KINDS[deadline.milestone],
            says=deadline.scope or contract.title,
        )
        for deadline in told
        if deadline.date is not None and not deadline.withdrawn
    ]
    return ChangeTimeline(dates=tuple(dates[:MOST_DATES]))
