"""What a look found becomes memory and news, in one transaction: all of it or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from verifier.lifecycle import Beat, deadlines
from verifier.model import Announcement, Medium
from verifier.watching import certificates, documents, living, troubles
from verifier.watching import deadlines as days
from verifier.watching.looks import Found
from verifier.watching.store import Store

__all__ = ["settle"]

WRITTEN = (Medium.DOCUMENT, Medium.PROSE)


def settle(
    found: Found, store: Store, thresholds: Sequence[int] = days.THRESHOLDS
) -> list[Announcement]:
    """
    Remember what was found, and put the news into the outbox.

    Args:
        thresholds: Days before an end at which it is told again.
    """
    with store.together():
        state = store.vendor(found.subject.name)
        news = [
            item
            for item in _news(found, state, store, thresholds)
            if store.announce(item, found.subject.channels)
        ]
        state["checked"] = found.now
        store.keep_vendor(found.subject.name, state)
    return news


def _news(
    found: Found, state: dict[str, Any], store: Store, thresholds: Sequence[int]
) -> Iterator[Announcement]:
    yield from troubles.news(found, state)
    if found.error is None:
        believed = yield from _edition(found, state, store)
        if believed:
            _remember(found, store)
        yield from living.answers(found, state, store)
        yield from certificates.news(found, state, store)
    yield from _ledger(found, state, store, thresholds)


def _ledger(
    found: Found, state: dict[str, Any], store: Store, thresholds: Sequence[int]
) -> Iterator[Announcement]:
    """What follows from the calendar alone is told though the vendor cannot be reached."""
    subject, now = found.subject, found.now
    said = deadlines(store.sightings(subject.name), store.last_looks(subject.name))
    lost = days.gone(said, state.get("operations", ()))
    ledger = days.current(said, state.get("operations", ()))
    fresh = days.snapshot(ledger)
    before = state.get("ledger")
    if before is not None and fresh != before:
        state["moves"] = state.get("moves", 0) + 1

    def once(what: str) -> bool:
        return store.tell_once(subject.name, what)

    revision = state.get("moves", 0)
    yield from days.moves(subject, ledger, before, revision, now, once, thresholds, lost)
    if state.get("digest"):
        state["ledger"] = fresh

    def beats(scope: str) -> list[Beat]:
        return [
            Beat(datetime.datetime.fromtimestamp(time, datetime.UTC), status)
            for time, status in store.beats(subject.name, scope)
        ]

    yield from days.nearing(subject, ledger, once, now, thresholds)
    yield from days.nearing(subject, certificates.ends(state), once, now, certificates.THRESHOLDS)
    yield from days.passed(subject, ledger, once, now, beats)
    yield from living.news(found, ledger, once, beats)


def _edition(
    found: Found, state: dict[str, Any], store: Store
) -> Generator[Announcement, None, bool]:
    """Take a new edition for the vendor's word, unless it cannot be believed; whether it was."""
    subject, difference = found.subject, found.difference
    revision = state.get("revision", 0) + 1
    if found.doubt and not state.get("accept"):
        if state.get("doubted") != found.digest:
            state["doubted"] = found.digest
            state["doubts"] = state.get("doubts", 0) + 1
            yield documents.doubtful(subject, found, state["doubts"])
        return False
    state.pop("doubted", None)
    state.pop("accept", None)
    state["validators"] = dict(found.validators)
    if found.digest:
        state["digest"] = found.digest
        state["revision"] = revision
        state["operations"] = list(found.operations)
        store.pinned(subject.name, found.digest, found.now)
        if store.shared:
            store.keep_edition(subject.name, found.digest, found.parcel)
        if difference is not None:
            yield from documents.changed(subject, difference, revision, found.now)
    return True


def _remember(found: Found, store: Store) -> None:
    """What was seen of ends, and that the document was looked at as a whole."""
    name = found.subject.name
    if not found.fresh:
        store.repeated(name, WRITTEN, found.day)
    for sighting in found.sightings:
        store.saw(name, sighting)
    for medium in WRITTEN:
        store.looked(name, medium, found.day)
