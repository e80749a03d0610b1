"""News of the live API: drift, brownouts, early ends, versions that fell forward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from verifier import drifting
from verifier.lifecycle import Beat, brownouts, echoed, is_over, of_exchange
from verifier.model import (
    Announcement,
    Deadline,
    Drift,
    Exchange,
    Impact,
    Lesson,
    Medium,
    Milestone,
    Trait,
    Watched,
    announcement_id,
)
from verifier.watching.looks import Found
from verifier.watching.store import Store

__all__ = ["answers", "learned", "news"]

MOST_TOLD = 12
MOST_KEPT = 200
Beats = Callable[[str], Sequence[Beat]]
TellOnce = Callable[[str], bool]


def answers(found: Found, state: dict[str, Any], store: Store) -> Iterator[Announcement]:
    """Learn from the look's answers; that they drifted is told once for each thing that did."""
    name = found.subject.name
    for exchange in found.exchanges:
        _remember(name, exchange, store)
    fresh: list[Drift] = []
    for seen in found.seen:
        if seen.traits:
            lately = drifting.learn(store.lessons(name), seen.traits, seen.day)
            store.keep_lessons(name, lately.lessons)
            fresh += [d for d in lately.drifts if store.tell_once(name, _once(d.trait))]
    state["runs"] = [*state.get("runs", ()), *(seen.run for seen in found.seen if seen.run)]
    told = [drift for drift in fresh if drift.severity.reaches(found.subject.least)]
    if told:
        told.sort(key=lambda drift: (drift.severity.rank, drift.trait))
        yield _drifted(found.subject, told, found.now)


def learned(vendor: str, store: Store) -> list[tuple[Lesson, int]]:
    """What answers had of their own, as it stands now: each with the number of answers."""
    lessons, told = store.lessons(vendor), store.told(vendor)
    answers = {one.key[:2]: one.times for one in lessons if one.trait == "answers"}
    own = [one for one in lessons if _once(one.key) in told]
    return sorted((one, answers.get(one.key[:2], one.times)) for one in own)


def _once(trait: Trait) -> str:
    return " ".join(("drift", *trait))


def _remember(vendor: str, exchange: Exchange, store: Store) -> None:
    """
    Keep what one answer said of ends, and that it came.

    A bare 410 names no day: how often it came, and since when, is told by the beats.
    """
    for sighting in of_exchange(exchange):
        if sighting.medium is not Medium.STATUS:
            store.saw(vendor, sighting)
    if exchange.request.operation:
        store.beat(vendor, exchange.request.operation, exchange.started, exchange.status)


def _drifted(subject: Watched, drifts: list[Drift], now: float) -> Announcement:
    first, more = drifts[0], len(drifts) - 1
    also = f" and {more} more" if more else ""
    lines = [f"{drift.severity.value}: {drift.told}" for drift in drifts[:MOST_TOLD]]
    if len(drifts) > MOST_TOLD:
        lines.append(f"and {len(drifts) - MOST_TOLD} more")
    return Announcement(
        id=announcement_id(subject.name, "drift", *(" ".join(d.trait) for d in drifts)),
        vendor=subject.name,
        kind="drift",
        severity=first.severity,
        title=f"{subject.name}: live answers drifted: {first.says}{also}",
        lines=tuple(lines),
        noticed=now,
        detail={
            "drifts": [
                {
                    **drift.trait._asdict(),
                    "severity": drift.severity.value,
                    "count": drift.count,
                    "answers": drift.answers,
                    "first": drift.first,
                }
                for drift in drifts[:MOST_KEPT]
            ]
        },
    )


def news(
    found: Found, ledger: Sequence[Deadline], tell_once: TellOnce, beats: Beats
) -> Iterator[Announcement]:
    """What the answers of this look, and those before it, show of ends and versions."""
    subject, now = found.subject, found.now
    ends = {d.scope: d for d in ledger if d.milestone is Milestone.ENDS and d.date is not None}
    for scope, deadline in ends.items():
        yield from _brownouts(subject, deadline, beats(scope), tell_once, now)
    for scope in dict.fromkeys(exchange.request.operation for exchange in found.exchanges):
        end = ends.get(scope)
        if scope and is_over(beats(scope), refusals=_final(scope, end)):
            yield from _over(found, scope, end, tell_once)
    for exchange in found.exchanges:
        fallen = echoed(exchange)
        if fallen is not None and tell_once(f"echo {fallen}"):
            yield _echo(subject, *fallen, now)


def _final(scope: str, end: Deadline | None) -> tuple[int, ...]:
    """Which refusals mean that it has stopped: a 404 may also be of a thing that was deleted."""
    return (410,) if end is None and "{" in scope else (410, 404)


def _brownouts(
    subject: Watched, deadline: Deadline, beats: Sequence[Beat], tell_once: TellOnce, now: float
) -> Iterator[Announcement]:
    bursts = brownouts(beats, deadline)
    if bursts and tell_once(f"brownout {deadline.scope} {deadline.date}"):
        yield Announcement(
            id=announcement_id(subject.name, "brownout", deadline.scope, deadline.date),
            vendor=subject.name,
            kind="brownout",
            severity=Impact.BREAKING,
            title=f"{subject.name}: {deadline.scope} is refused from time to time",
            lines=(
                f"{len(bursts)} bursts of refusals near its end on {deadline.date}:"
                " the vendor is likely to be showing who still uses it.",
            ),
            noticed=now,
            due=deadline.date,
        )


def _over(
    found: Found, scope: str, end: Deadline | None, tell_once: TellOnce
) -> Iterator[Announcement]:
    """That it stopped before its day, or without one; that it stopped on its day is no news."""
    day = end.date if end is not None else None
    if (day is not None and day <= found.day) or not tell_once(f"over {scope} {day}"):
        return
    why = f"though it was to end on {day}" if day else "and nothing had announced it"
    yield Announcement(
        id=announcement_id(found.subject.name, "ended-early", scope, day),
        vendor=found.subject.name,
        kind="ended-early",
        severity=Impact.BREAKING,
        title=f"{found.subject.name}: {scope} has stopped, {why}",
        lines=("It worked before; its last answers are all refusals.",),
        noticed=found.now,
        due=day,
        detail={"scope": scope},
    )


def _echo(subject: Watched, asked: str, answered: str, now: float) -> Announcement:
    return Announcement(
        id=announcement_id(subject.name, "version-echo", asked, answered),
        vendor=subject.name,
        kind="version-echo",
        severity=Impact.BREAKING,
        title=f"{subject.name}: version {answered} answered where {asked} was asked for",
        lines=("The version that we ask for is probably no longer served.",),
        noticed=now,
    )
