"""
One look at one vendor: what is found outside is brought home first, and counts all at once.

``look`` may take long and may fail: it fetches, compares and probes, and writes nothing but pinned
editions, which are kept under their digests. ``settle`` is quick: in one transaction it remembers
what was found and puts the news into the outbox.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from verifier import editions
from verifier.errors import InternalError, VerifierError
from verifier.lifecycle import deadlines, of_document
from verifier.model import (
    Announcement,
    Comparison,
    Contract,
    Deadline,
    Exchange,
    Medium,
    Sighting,
    Watched,
)
from verifier.watching import deadlines as days
from verifier.watching import documents, living
from verifier.watching.editions import Fetch, Library
from verifier.watching.store import Store

__all__ = ["Found", "Look", "Probe", "Reader"]

WRITTEN = (Medium.DOCUMENT, Medium.PROSE)
log = logging.getLogger(__name__)
FAILURES_TOLD = 2  # a single failure is a hiccup


class Probe(Protocol):
    """Asks a live API a few harmless questions."""

    def __call__(self, subject: Watched, contract: Contract) -> Sequence[Exchange]:
        """What was asked and answered; empty where nothing may be asked."""


class Reader(Protocol):
    """Reads a calendar of versions that a vendor publishes."""

    def __call__(self, subject: Watched, today: datetime.date) -> Sequence[Sighting]:
        """The days that it names; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    What one look brought home.

    Args:
        error: Why the document could not be had; then there is nothing else.
        digest: Of the edition; empty where the document is the same as the last time.
        fresh: Whether the document was read; if not, it says what it said the last time.
        comparison: With the edition before it; None where there is none to compare with.
    """

    subject: Watched
    now: float
    error: VerifierError | None = None
    validators: Mapping[str, str] = field(default_factory=dict)
    contract: Contract | None = None
    digest: str = ""
    fresh: bool = False
    comparison: Comparison | None = None
    sightings: tuple[Sighting, ...] = ()
    exchanges: tuple[Exchange, ...] = ()

    @property
    def doubt(self) -> str:
        """Why a new edition cannot be believed; empty where it can."""
        if self.comparison is not None:
            return next((doubt.says for doubt in self.comparison.doubts if doubt.fatal), "")
        if self.digest and self.contract is not None and not self.contract.operations:
            return "there is no operation in it"
        return ""


class Look:
    """
    Looks at vendors.

    Args:
        library: Where editions are kept.
        fetch: Where documents come from.
        probe: Asks the live API; None asks nothing.
        calendar: Reads published calendars; None reads none.
        thresholds: Days before an end at which it is told again.
    """

    def __init__(
        self,
        library: Library,
        *,
        fetch: Fetch,
        probe: Probe | None = None,
        calendar: Reader | None = None,
        thresholds: Sequence[int] = days.THRESHOLDS,
    ) -> None:
        self._library = library
        self._fetch = fetch
        self._probe = probe
        self._calendar = calendar
        self._thresholds = tuple(thresholds)

    def look(self, subject: Watched, state: Mapping[str, Any], now: float) -> Found:
        """What is there now; never raises: one vendor's trouble is not the others'."""
        try:
            return self._looked(subject, state, now)
        except VerifierError as error:
            return Found(subject=subject, now=now, error=error)
        except Exception as error:
            log.exception("the look at %s failed", subject.name)
            says = f"a fault of ours: {type(error).__name__}: {error}"
            return Found(subject=subject, now=now, error=InternalError(says))

    def _looked(self, subject: Watched, state: Mapping[str, Any], now: float) -> Found:
        edition = self._fetch(subject.document, state.get("validators", {}))
        known = state.get("digest", "")
        contract, digest, comparison = edition.contract, "", None
        if contract is not None:
            digest = self._library.add(subject.name, contract)
            if digest == known:
                digest = ""
            elif known:
                comparison = self._compared(subject, known, contract, now)
        elif known and self._probe is not None and subject.probe > 0:
            contract = self._library.load(subject.name, known)
        seen = _day(now)
        return Found(
            subject=subject,
            now=now,
            validators=edition.validators,
            contract=contract,
            digest=digest,
            fresh=edition.contract is not None,
            comparison=comparison,
            sightings=(
                *(of_document(edition.contract, seen) if edition.contract is not None else ()),
                *(self._calendar(subject, seen) if self._calendar else ()),
            ),
            exchanges=tuple(self._asked(subject, contract)),
        )

    def _compared(self, subject: Watched, known: str, contract: Contract, now: float) -> Comparison:
        return editions.compare(
            self._library.load(subject.name, known),
            contract,
            policy=subject.policy,
            today=_day(now),
            used=subject.used,
            waivers=subject.waivers,
        )

    def _asked(self, subject: Watched, contract: Contract | None) -> Sequence[Exchange]:
        if self._probe is None or contract is None or subject.probe <= 0:
            return ()
        try:
            return self._probe(subject, contract)
        except VerifierError:
            return ()  # that the API cannot be asked is no news of the document

    def settle(self, found: Found, store: Store) -> list[Announcement]:
        """Remember what was found, and put the news into the outbox: all of it or nothing."""
        with store.together():
            state = store.vendor(found.subject.name)
            news = [
                item
                for item in self._news(found, state, store)
                if store.announce(item, found.subject.channels)
            ]
            state["checked"] = found.now
            store.keep_vendor(found.subject.name, state)
        return news

    def _news(self, found: Found, state: dict[str, Any], store: Store) -> Iterator[Announcement]:
        if found.error is not None:
            yield from _failed(found, found.error, state)
        else:
            yield from _recovered(found, state)
            believed = yield from _edition(found, state, store)
            if believed:
                _remember(found, store)
        yield from self._ledger(found, state, store)

    def _ledger(self, found: Found, state: dict[str, Any], store: Store) -> Iterator[Announcement]:
        """What follows from the calendar alone is told though the vendor cannot be reached."""
        subject, now = found.subject, found.now
        said = deadlines(store.sightings(subject.name), store.last_looks(subject.name))
        ledger = _current(said, state)
        fresh = days.snapshot(ledger)
        before = state.get("ledger")
        if before is not None and fresh != before:
            state["moves"] = state.get("moves", 0) + 1
        yield from days.moves(subject, ledger, before, state.get("moves", 0), now)
        if state.get("digest"):
            state["ledger"] = fresh

        def once(what: str) -> bool:
            return store.tell_once(subject.name, what)

        yield from days.nearing(subject, ledger, once, now, self._thresholds)
        yield from days.passed(subject, ledger, once, now)
        yield from living.news(subject, ledger, found.exchanges, store, now)


def _day(now: float) -> datetime.date:
    return datetime.datetime.fromtimestamp(now, datetime.UTC).date()


def _failed(found: Found, error: VerifierError, state: dict[str, Any]) -> Iterator[Announcement]:
    state["failures"] = state.get("failures", 0) + 1
    state.setdefault("failing_since", found.now)
    if state["failures"] == FAILURES_TOLD:
        yield documents.unreachable(found.subject, error, state["failing_since"], found.now)


def _recovered(found: Found, state: dict[str, Any]) -> Iterator[Announcement]:
    if state.get("failures", 0) >= FAILURES_TOLD:
        yield documents.recovered(found.subject, state["failing_since"], found.now)
    state.pop("failures", None)
    state.pop("failing_since", None)


def _edition(
    found: Found, state: dict[str, Any], store: Store
) -> Generator[Announcement, None, bool]:
    """Take a new edition for the vendor's word, unless it cannot be believed; whether it was."""
    subject = found.subject
    revision = state.get("revision", 0) + 1
    comparison = found.comparison
    if found.doubt and not state.get("accept"):
        if state.get("doubted") != found.digest:
            state["doubted"] = found.digest
            yield documents.doubtful(subject, found.doubt, found.digest, revision, found.now)
        return False
    state.pop("doubted", None)
    state.pop("accept", None)
    state["validators"] = dict(found.validators)
    if found.digest:
        state["digest"] = found.digest
        state["revision"] = revision
        state["operations"] = [o.key for o in found.contract.operations] if found.contract else []
        store.pinned(subject.name, found.digest, found.now)
        if comparison is not None:
            news = documents.changed(subject, comparison, revision, found.now)
            if news is not None:
                yield news
    return True


def _remember(found: Found, store: Store) -> None:
    """What was seen of ends, and that the document was looked at as a whole."""
    name, today = found.subject.name, _day(found.now)
    if not found.fresh:
        store.repeated(name, WRITTEN, today)
    for sighting in found.sightings:
        store.saw(name, sighting)
    for medium in WRITTEN:
        store.looked(name, medium, today)
    for exchange in found.exchanges:
        living.remember(name, exchange, store)


def _current(ledger: Sequence[Deadline], state: Mapping[str, Any]) -> list[Deadline]:
    """What ends with an operation that the document has no more has ended."""
    known = {"", *state.get("operations", ())}
    return [d if _operation(d.scope) in known else replace(d, withdrawn=True) for d in ledger]


def _operation(scope: str) -> str:
    """The operation that a scope is a part of; empty where it is none."""
    words = scope.split()
    asks = len(words) >= 2 and words[0].isupper() and words[1].startswith("/")
    return " ".join(words[:2]) if asks else ""
