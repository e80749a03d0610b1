"""
One deadline a scope, out of everything that was ever said of it.

Which day counts where sources disagree:

1. What is still said goes before what was said once; a scope that nobody speaks of any more keeps
   its last day and is *withdrawn*.
2. Of what is still said, the more trustworthy medium goes first: status, header, body, document,
   calendar, prose.
3. Within a medium the latest word counts; of words of one day the earlier end, for it is the one
   to be ready for.
4. A day goes before none.

What lost is kept: the history holds every day that was ever told, by whom, and from when to when.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from verifier.model import Confidence, Deadline, Medium, Milestone, Sighting

__all__ = ["deadlines"]

Key = tuple[str, Milestone]
Entry = tuple[datetime.date | None, Medium, datetime.date, datetime.date]


def deadlines(
    sightings: Iterable[Sighting], looked: Mapping[Medium, datetime.date] | None = None
) -> tuple[Deadline, ...]:
    """
    The ledger: nearest day first, then what has none.

    Args:
        sightings: Everything that was ever seen, in any order.
        looked: Medium to the day on which it was last looked at as a whole: what it did not
            repeat then it does not say any more. A medium that is missing is taken at its word.
    """
    groups: dict[Key, list[Sighting]] = {}
    for sighting in sightings:
        groups.setdefault((sighting.scope, sighting.signal.milestone), []).append(sighting)
    found = [_deadline(key, group, looked or {}) for key, group in groups.items()]
    return tuple(sorted(found, key=_order))


def _order(deadline: Deadline) -> tuple[bool, datetime.date, str, str]:
    day = deadline.date or datetime.date.max
    return deadline.date is None, day, deadline.scope, deadline.milestone.value


def _deadline(key: Key, group: list[Sighting], looked: Mapping[Medium, datetime.date]) -> Deadline:
    current = [s for s in group if s.seen >= looked.get(s.medium, datetime.date.min)]
    said = _latest(current or group)
    best = min(said, key=_trust)
    days = {s.signal.date for s in said if s.signal.date is not None}
    return Deadline(
        scope=key[0],
        milestone=key[1],
        date=best.signal.date,
        medium=best.medium,
        agreed=len(days) <= 1,
        history=_history(group),
        first_seen=min(s.seen for s in group),
        last_seen=max(s.seen for s in group),
        said=_first(s.signal.said for s in (best, *said)),
        successor=_first(s.signal.successor for s in (best, *said)),
        link=_first(s.signal.link for s in (best, *said)),
        withdrawn=not current,
        confidence=Confidence.LOW if best.medium is Medium.PROSE else best.signal.confidence,
    )


def _latest(group: list[Sighting]) -> list[Sighting]:
    """The last word of each medium; several where it said several things on one day."""
    last: dict[Medium, datetime.date] = {}
    for sighting in group:
        last[sighting.medium] = max(sighting.seen, last.get(sighting.medium, sighting.seen))
    return [s for s in group if s.seen == last[s.medium]]


def _trust(sighting: Sighting) -> tuple[bool, int, datetime.date]:
    day = sighting.signal.date
    return day is None, sighting.medium.rank, day or datetime.date.max


def _history(group: list[Sighting]) -> tuple[Entry, ...]:
    """Each day and medium once, with the first and the last time that it was told."""
    spans: dict[tuple[datetime.date | None, Medium], tuple[datetime.date, datetime.date]] = {}
    for sighting in group:
        key = (sighting.signal.date, sighting.medium)
        start, end = spans.get(key, (sighting.seen, sighting.seen))
        spans[key] = min(start, sighting.seen), max(end, sighting.seen)
    entries = [(day, medium, start, end) for (day, medium), (start, end) in spans.items()]
    return tuple(sorted(entries, key=lambda e: (e[2], e[3], e[1].rank)))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
