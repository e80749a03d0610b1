"""
One look at one vendor: it fetches, compares and asks, and decides nothing.

A look may take long, may fail, and may happen on another machine; all that it writes is pinned
editions, which are kept under their digests. What it found counts only once it is settled.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from verifier import drifting
from verifier.errors import DocumentError, InternalError, VerifierError
from verifier.jobs import editions
from verifier.lifecycle import of_document
from verifier.model import (
    Certificate,
    Change,
    Contract,
    Exchange,
    Sighting,
    Watched,
)
from verifier.watching.editions import EditionMissing, Fetch, Library
from verifier.watching.runs import Seen, recorded

__all__ = ["Difference", "Found", "Inspector", "Look", "Probe", "Reader"]

log = logging.getLogger(__name__)


class Probe(Protocol):
    """Asks a live API a few harmless questions."""

    def __call__(self, subject: Watched, contract: Contract) -> Sequence[Exchange]:
        """What was asked and answered; empty where nothing may be asked."""


class Reader(Protocol):
    """Reads a calendar of versions that a vendor publishes."""

    def __call__(self, subject: Watched, today: datetime.date) -> Sequence[Sighting]:
        """The days that it names; empty where there is none."""


class Inspector(Protocol):
    """Shakes hands with a live API."""

    def __call__(self, subject: Watched) -> Sequence[Certificate]:
        """What its servers showed; empty where nobody may be asked."""


class Difference(Struct, frozen=True, kw_only=True):
    """
    What is different from the edition before.

    Args:
        old, new: The versions that the two editions give themselves.
        doubt: Why the new edition cannot be believed; empty where it can.
        lost: Why the edition before cannot be compared with any more; empty where it can.
    """

    changes: tuple[Change, ...] = ()
    old: str = ""
    new: str = ""
    doubt: str = ""
    lost: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """
    What one look brought home; it can be sent from machine to machine.

    Args:
        error: Why the document could not be had; then there is nothing else.
        wanting: Whether the edition before has to be brought here first.
        digest: Of the edition; empty where the document is the same as the last time.
        operations: Keys of the new edition's operations.
        fresh: Whether the document was read; if not, it says what it said the last time.
        difference: From the edition before it; None where there is none to compare with.
        troubles: Why other parts could not be had: ``api``, ``calendar``.
        seen: What live answers showed, of recorded runs first.
        parcel: The new edition, where it was kept on another machine.
    """

    subject: Watched
    now: float
    error: VerifierError | None = None
    wanting: bool = False
    validators: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    operations: tuple[str, ...] = ()
    fresh: bool = False
    difference: Difference | None = None
    troubles: Mapping[str, VerifierError] = field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    seen: tuple[Seen, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    parcel: bytes = b""

    @property
    def day(self) -> datetime.date:
        """The day of the look (UTC)."""
        return datetime.datetime.fromtimestamp(self.now, datetime.UTC).date()

    @property
    def doubt(self) -> str:
        """Why a new edition cannot be believed; empty where it can."""
        if self.difference is not None:
            return self.difference.doubt
        return "there is no operation in it" if self.digest and not self.operations else ""


class Look:
    """
    Looks at vendors.

    Args:
        library: Where editions are kept.
        fetch: Where documents come from.
        probe: Asks the live API; None asks nothing.
        calendar: Reads published calendars; None reads none.
        inspect: Shakes hands with the live API; None with nobody.
        waits: Whether an edition that is not in the library is waited for; if not, it is lost.
        packs: Whether a new edition is brought home as a parcel.
    """

    def __init__(
        self,
        library: Library,
        *,
        fetch: Fetch,
        probe: Probe | None = None,
        calendar: Reader | None = None,
        inspect: Inspector | None = None,
        waits: bool = False,
        packs: bool = False,
    ) -> None:
        self._library = library
        self._fetch = fetch
        self._probe = probe
        self._calendar = calendar
        self._inspect = inspect
        self._waits = waits
        self._packs = packs

    def __call__(self, subject: Watched, state: Mapping[str, Any], now: float) -> Found:
        """What is there now; never raises: one vendor's trouble is not the others'."""
        try:
            return self._looked(subject, state, now)
        except EditionMissing as error:
            return Found(subject=subject, now=now, error=error, wanting=True)
        except VerifierError as error:
            return Found(subject=subject, now=now, error=error)
        except Exception as error:
            log.exception("the look at %s failed", subject.name)
            return Found(subject=subject, now=now, error=fault(error))

    def _looked(self, subject: Watched, state: Mapping[str, Any], now: float) -> Found:
        edition = self._fetch(subject.document, state.get("validators", {}))
        known, contract = state.get("digest", ""), edition.contract
        digest, difference = "", None
        if contract is not None:
            digest = self._library.add(subject.name, contract)
            if digest == known:
                digest = ""
            elif known:
                difference = self._compared(subject, known, contract, now)
        today = datetime.datetime.fromtimestamp(now, datetime.UTC).date()
        troubles: dict[str, VerifierError] = {}
        exchanges, own = self._asked(subject, contract, known, troubles, str(today))
        certificates = self._shaken(subject)
        dated = _tried(troubles, "calendar", self._calendar, subject, today)
        stated = of_document(contract, today) if contract is not None else ()
        return Found(
            subject=subject,
            now=now,
            validators=edition.validators,
            digest=digest,
            operations=_keys(contract) if digest else (),
            fresh=contract is not None,
            difference=difference,
            troubles=troubles,
            sightings=(*stated, *dated),
            exchanges=tuple(exchanges),
            seen=(*recorded(subject, state.get("runs", ())), *own),
            certificates=tuple(certificates),
            parcel=self._library.packed(subject.name, digest) if digest and self._packs else b"",
        )

    def _compared(self, subject: Watched, known: str, new: Contract, now: float) -> Difference:
        try:
            old = self._library.load(subject.name, known)
        except DocumentError as error:
            if self._waits and isinstance(error, EditionMissing):
                raise
            return Difference(lost=error.says)
        found = editions.compare(
            old,
            new,
            policy=subject.policy,
            today=datetime.datetime.fromtimestamp(now, datetime.UTC).date(),
            used=subject.used,
            waivers=subject.waivers,
        )
        return Difference(
            changes=found.changes,
            old=old.version,
            new=new.version,
            doubt=next((doubt.says for doubt in found.doubts if doubt.fatal), ""),
        )

    def _asked(
        self,
        subject: Watched,
        contract: Contract | None,
        known: str,
        troubles: dict[str, VerifierError],
        today: str,
    ) -> tuple[Sequence[Exchange], tuple[Seen, ...]]:
        if self._probe is None or subject.probe <= 0 or not (contract or known):
            return (), ()
        held = contract or self._held(subject, known)
        exchanges = _tried(troubles, "api", self._probe, subject, held)
        return exchanges, (Seen("", today, drifting.observe(held, exchanges)),)

    def _held(self, subject: Watched, known: str) -> Contract:
        """The edition that is known; fetched once more where its copy was spoilt."""
        try:
            return self._library.load(subject.name, known)
        except DocumentError as error:
            if self._waits and isinstance(error, EditionMissing):
                raise
        contract = self._fetch(subject.document, {}).contract
        if contract is None:
            raise DocumentError("nothing was given, though it was asked for as a whole")
        self._library.add(subject.name, contract)
        return contract

    def _shaken(self, subject: Watched) -> Sequence[Certificate]:
        if self._inspect is None or subject.probe <= 0:
            return ()
        return self._inspect(subject)


def fault(error: BaseException) -> InternalError:
    """Something that we did not foresee, as an error of ours."""
    return InternalError(f"a fault of ours: {type(error).__name__}: {error}")


def _keys(contract: Contract | None) -> tuple[str, ...]:
    return tuple(operation.key for operation in contract.operations) if contract else ()


def _tried(
    troubles: dict[str, VerifierError],
    part: str,
    ask: Callable[..., Sequence[Any]] | None,
    *given: Any,
) -> Sequence[Any]:
    """What a part gives; that it gives nothing is no trouble of the others'."""
    try:
        return ask(*given) if ask is not None else ()
    except VerifierError as error:
        troubles[part] = error
        return ()
