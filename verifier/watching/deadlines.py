"""News of the ledger: a day was named, moved, taken back, comes near, or has passed."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from verifier.lifecycle import Beat, is_zombie
from verifier.model import (
    Announcement,
    Deadline,
    Impact,
    Milestone,
    Watched,
    announcement_id,
)

__all__ = ["THRESHOLDS", "Snapshot", "current", "gone", "moves", "nearing", "passed", "snapshot"]

THRESHOLDS = (90, 30, 7, 1)
FAR_DAYS, SOON_DAYS = 90, 7
NAMING = ("deadline-named", "deadline-earlier", "deadline-later")
WHOLE = "the whole API"
WITHDRAWN, ENDED = "deadline-withdrawn", "ended"
DATED = ("deadline-named", WITHDRAWN, ENDED)
MOST_NAMED = 20
# Key of a deadline to the day that counted; "" for none.
Snapshot = dict[str, str]
TellOnce = Callable[[str], bool]
Beats = Callable[[str], Sequence[Beat]]


def current(ledger: Iterable[Deadline], operations: Iterable[str]) -> list[Deadline]:
    """What ends with an operation that the document has no more has ended."""
    said = tuple(ledger)
    lost = gone(said, operations)
    return [replace(d, withdrawn=True) if d.scope in lost else d for d in said]


def gone(ledger: Iterable[Deadline], operations: Iterable[str]) -> frozenset[str]:
    """The scopes of a ledger that are, or are a part of, what the document has no more."""
    known = {"", *operations}
    return frozenset(d.scope for d in ledger if _operation(d.scope) not in known)


def _operation(scope: str) -> str:
    """The operation that a scope is a part of; empty where it is none."""
    words = scope.split()
    asks = len(words) >= 2 and words[0].isupper() and words[1].startswith("/")
    return " ".join(words[:2]) if asks else ""


def snapshot(ledger: Iterable[Deadline]) -> Snapshot:
    """What a ledger says, short enough to be remembered."""
    return {_key(d): "withdrawn" if d.withdrawn else str(d.date or "") for d in ledger}


def _key(deadline: Deadline) -> str:
    return f"{deadline.milestone.value} {deadline.scope}"


def moves(
    subject: Watched,
    ledger: Sequence[Deadline],
    before: Mapping[str, str] | None,
    revision: int,
    now: float,
    tell_once: TellOnce = lambda _: True,
    thresholds: Sequence[int] = THRESHOLDS,
    lost: Container[str] = (),
) -> Iterator[Announcement]:
    """
    Days that were named, moved or taken back since the last look; equal moves are told as one.

    What is named says how far away it is, so that its coming near is told from the next threshold
    on; and what is said to end, or to do so no more, need not be said to be deprecated as well.

    Args:
        before: The last look's snapshot; None at the first look, when nothing is news yet.
        revision: The how manieth look it is at which something moved.
        lost: The scopes that the document has no more: they have ended.
    """
    if before is None:
        return
    stirred: list[tuple[tuple[str, str, str, str], Deadline]] = []
    given_up = {d.scope for d in ledger if not (_dated(d) or d.withdrawn)}
    for deadline in ledger:
        was = before.get(_key(deadline))
        is_now = "withdrawn" if deadline.withdrawn else str(deadline.date or "")
        if was != is_now:
            kind = _kind(deadline, was, is_now)
            if kind == WITHDRAWN and deadline.scope in lost:
                kind = ENDED
            elif kind == WITHDRAWN and _dated(deadline) and deadline.scope in given_up:
                kind, is_now = "deadline-dropped", ""  # it goes all the same, nobody knows when
            stirred.append(((kind, deadline.milestone.value, was or "", is_now), deadline))
    ending = {d.scope for (kind, *_), d in stirred if kind in DATED and _dated(d)}
    stirred = [one for one in stirred if _dated(one[1]) or one[1].scope not in ending]
    for _, deadline in stirred:
        _reached(deadline, tell_once, now, thresholds)
    stirred.sort(key=lambda pair: (pair[0], pair[1].scope))
    for facts, group in groupby(stirred, key=lambda pair: pair[0]):
        yield _moved(subject, facts, [deadline for _, deadline in group], revision, now)


def _dated(deadline: Deadline) -> bool:
    return deadline.milestone is Milestone.ENDS


def _reached(
    deadline: Deadline, tell_once: TellOnce, now: float, thresholds: Sequence[int]
) -> list[int]:
    """The thresholds that an end has crossed and that are told only now."""
    left = deadline.days_left(_day(now))
    if deadline.milestone is not Milestone.ENDS or deadline.withdrawn or left is None or left < 0:
        return []
    crossed = sorted(days for days in thresholds if left <= days)
    return [days for days in crossed if tell_once(f"{_key(deadline)} {deadline.date} {days}")]


def _kind(deadline: Deadline, was: str | None, is_now: str) -> str:
    if is_now == "withdrawn":
        return WITHDRAWN
    if was is None or was == "withdrawn":
        named = deadline.date is not None and deadline.milestone is Milestone.ENDS
        return "deadline-named" if named else "deprecated"
    if not was or not is_now:
        return "deadline-named" if is_now else "deadline-dropped"
    return "deadline-earlier" if is_now < was else "deadline-later"


SAYS = {
    "deadline-named": "ends on {now}",
    "deprecated": "is deprecated",
    "deadline-earlier": "ends on {now}, earlier than was said ({was})",
    "deadline-later": "ends on {now}, later than was said ({was})",
    "deadline-dropped": "was to end on {was}, and no day is named any more",
    WITHDRAWN: "was to end, and nobody says so any more",
    ENDED: "was to end on {was}, and is gone",
}
PLURALS = (("ends ", "end "), ("is ", "are "), ("was ", "were "), ("and is", "and are"))
SEVERITIES = {
    "deadline-earlier": Impact.BREAKING,
    "deadline-later": Impact.INFO,
    WITHDRAWN: Impact.INFO,
    ENDED: Impact.INFO,
}


def _moved(
    subject: Watched,
    facts: tuple[str, str, str, str],
    group: list[Deadline],
    revision: int,
    now: float,
) -> Announcement:
    kind, milestone, was, is_now = facts
    says = SAYS[kind].format(was=was, now=is_now)
    left = _named_within(facts, group[0], now)
    if left is not None:
        says += f", in {left} days"
    elif kind in NAMING and (group[0].days_left(_day(now)) or 0) < 0:
        says = says.replace("ends on", "was to end on")
    if milestone == Milestone.DEPRECATED.value:
        says = says.replace("ends on", "is given up on").replace("was to end", "was given up")
    if not was:
        says = says.replace(" on ,", ",")
    if len(group) > 1:
        for one, many in PLURALS:
            says = says.replace(one, many)
    return Announcement(
        id=announcement_id(subject.name, revision, *facts),
        vendor=subject.name,
        kind=kind,
        severity=Impact.BREAKING
        if left is not None and left <= SOON_DAYS
        else SEVERITIES.get(kind, Impact.WARNING),
        title=f"{subject.name}: {_named(group)} {says}",
        lines=tuple(_lines(group)),
        noticed=now,
        due=group[0].date if kind not in (WITHDRAWN, ENDED) else None,
        detail={"scopes": [d.scope for d in group], "was": was, "now": is_now},
    )


def _named_within(facts: tuple[str, str, str, str], deadline: Deadline, now: float) -> int | None:
    """Days until an end that was named or moved, where that is near enough to be said at once."""
    kind, milestone, _, _ = facts
    left = deadline.days_left(_day(now))
    told = kind in NAMING and milestone == Milestone.ENDS.value
    return left if told and left is not None and 0 <= left <= FAR_DAYS else None


def nearing(
    subject: Watched,
    ledger: Iterable[Deadline],
    tell_once: TellOnce,
    now: float,
    thresholds: Sequence[int] = THRESHOLDS,
) -> Iterator[Announcement]:
    """
    Ends that come near: one piece of news for each threshold that was crossed, each end once.

    Who slept through one is told of the next only: what is 5 days away is no news of 90.
    """
    today = _day(now)
    crossed: dict[tuple[datetime.date, int], list[Deadline]] = {}
    for deadline in ledger:
        fresh = _reached(deadline, tell_once, now, thresholds)
        left = deadline.days_left(today)
        nearest = min((days for days in thresholds if left is not None and left <= days), default=0)
        if fresh and deadline.date is not None and fresh[0] == nearest:
            crossed.setdefault((deadline.date, fresh[0]), []).append(deadline)
    for (day, threshold), group in sorted(crossed.items(), key=lambda item: item[0]):
        left = (day - today).days
        verb = "ends" if len(group) == 1 else "end"
        when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
        yield Announcement(
            id=announcement_id(subject.name, "near", day, threshold, *(d.scope for d in group)),
            vendor=subject.name,
            kind="deadline-near",
            severity=Impact.BREAKING if threshold <= SOON_DAYS else Impact.WARNING,
            title=f"{subject.name}: {_named(group)} {verb} {when}, on {day}",
            lines=tuple(_lines(group)),
            noticed=now,
            due=day,
            detail={"scopes": [d.scope for d in group], "threshold": threshold, "day": str(day)},
        )


def passed(
    subject: Watched,
    ledger: Iterable[Deadline],
    tell_once: TellOnce,
    now: float,
    beats: Beats = lambda _: (),
) -> Iterator[Announcement]:
    """
    Ends whose day has passed while what was to end lives on, each once.

    Args:
        beats: Scope to its live answers, which know better than the document.
    """
    today = _day(now)
    living = [
        deadline
        for deadline in ledger
        if is_zombie(deadline, today, beats(deadline.scope))
        and tell_once(f"{_key(deadline)} {deadline.date} passed")
    ]
    living.sort(key=lambda d: (str(d.date), d.scope))
    for day, group in groupby(living, key=lambda d: d.date):
        found = list(group)
        were = "was" if len(found) == 1 else "were"
        fate = f"{were} to end on {day}, and {'is' if len(found) == 1 else 'are'}"
        yield Announcement(
            id=announcement_id(subject.name, "passed", day, *(d.scope for d in found)),
            vendor=subject.name,
            kind="deadline-passed",
            severity=Impact.WARNING,
            title=f"{subject.name}: {_named(found)} {fate} still there",
            lines=("It may stop at any time now.", *_lines(found)),
            noticed=now,
            due=day,
            detail={"scopes": [d.scope for d in found], "day": str(day)},
        )


def _day(now: float) -> datetime.date:
    return datetime.datetime.fromtimestamp(now, datetime.UTC).date()


def _named(group: Sequence[Deadline]) -> str:
    first = _ordered(group)[0].scope or WHOLE
    return first if len(group) == 1 else f"{first} and {len(group) - 1} more"


def _ordered(group: Sequence[Deadline]) -> list[Deadline]:
    """Operations first: who calls one knows at once; who has a schema must look it up."""
    return sorted(group, key=lambda deadline: " /" not in deadline.scope)


def _lines(group: Sequence[Deadline]) -> Iterator[str]:
    if len(group) > 1:
        shown = ", ".join(d.scope or WHOLE for d in _ordered(group)[:MOST_NAMED])
        more = len(group) - MOST_NAMED
        yield f"Concerned: {shown}" + (f" and {more} more" if more > 0 else "")
    first = group[0]
    facts: dict[str, Any] = {
        "The vendor's words": first.said if first.said != str(first.date) else "",
        "What comes after it": first.successor,
        "More": first.link,
    }
    yield from (f"{name}: {value}" for name, value in facts.items() if value)
    if not first.agreed:
        days = ", ".join(f"{day} ({medium.value})" for day, medium, _, _ in first.history if day)
        yield f"Sources disagree: {days}. The most trustworthy and latest word counts."
    if first.medium.value == "prose":
        yield "Only a sentence says so: please confirm it."
