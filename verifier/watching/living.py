"""News of the live API: brownouts, versions that fell forward, what headers say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from verifier.lifecycle import Beat, brownouts, echoed, of_exchange
from verifier.model import (
    Announcement,
    Deadline,
    Exchange,
    Impact,
    Milestone,
    Watched,
    announcement_id,
)
from verifier.watching.store import Store

__all__ = ["news", "remember"]


def remember(vendor: str, exchange: Exchange, store: Store) -> None:
    """Keep what one answer said of ends, and that it came."""
    for sighting in of_exchange(exchange):
        store.saw(vendor, sighting)
    if exchange.request.operation:
        store.beat(vendor, exchange.request.operation, exchange.started, exchange.status)


def news(
    subject: Watched,
    ledger: Sequence[Deadline],
    exchanges: Sequence[Exchange],
    store: Store,
    now: float,
) -> Iterator[Announcement]:
    """What the answers of this look, and those before it, show."""
    yield from _brownouts(subject, ledger, store, now)
    for exchange in exchanges:
        fallen = echoed(exchange)
        if fallen is not None and store.tell_once(subject.name, f"echo {fallen}"):
            asked, answered = fallen
            yield Announcement(
                id=announcement_id(subject.name, "version-echo", asked, answered),
                vendor=subject.name,
                kind="version-echo",
                severity=Impact.BREAKING,
                title=f"{subject.name}: version {answered} answered where {asked} was asked for",
                lines=("The version that we ask for is probably no longer served.",),
                noticed=now,
            )


def _brownouts(
    subject: Watched, ledger: Sequence[Deadline], store: Store, now: float
) -> Iterator[Announcement]:
    for deadline in ledger:
        if deadline.milestone is not Milestone.ENDS or deadline.date is None:
            continue
        rows = store.beats(subject.name, deadline.scope)
        beats = [
            Beat(datetime.datetime.fromtimestamp(time, datetime.UTC), status)
            for time, status in rows
        ]
        bursts = brownouts(beats, deadline)
        if bursts and store.tell_once(subject.name, f"brownout {deadline.scope} {deadline.date}"):
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
