"""What the page shows, as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from verifier.mocking.ledger import Entry
from verifier.mocking.mock import Mock
from verifier.mocking.practice import Practice
from verifier.mocking.told import Told

__all__ = ["Kept", "Offered", "Seen", "View", "view_of"]

MOST_REQUESTS = 50
MOST_OPERATIONS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An operation, and how often it was asked for."""

    method: str
    path: str
    id: str
    does: str
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A resource, and how many things of it there are."""

    resource: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request; ``kind`` is ``good``, ``refused`` or ``failed``."""

    serial: int
    time: str
    status: int
    kind: str
    what: str
    operation: str
    client: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All of the page; ``more`` counts operations that are left out."""

    title: str
    version: str
    now: str
    frozen: bool
    received: int
    operations: tuple[Offered, ...]
    more: int
    kept: tuple[Kept, ...]
    requests: tuple[Seen, ...]
    scripts: tuple[str, ...]
    misbehaviours: tuple[str, ...]
    messages: tuple[str, ...]


def view_of(mock: Mock, told: Told) -> View:
    """How a mock stands."""
    contract, vendor = mock.contract, mock.vendor
    asked = Counter(entry.operation for entry in mock.ledger)
    operations = tuple(
        Offered(
            method=operation.method,
            path=operation.path,
            id=operation.id,
            does=_does(vendor.practices.of(operation)),
            asked=asked[operation.key],
        )
        for operation in islice(contract.operations, MOST_OPERATIONS)
    )
    names = dict.fromkeys(vendor.practices.kinds.of(r).name for r in contract.resources)
    counted = [Kept(resource=name, count=vendor.state.count(name)) for name in names]
    entries = list(mock.ledger)[-MOST_REQUESTS:]
    return View(
        title=contract.title,
        version=contract.version,
        now=_time(mock.clock.now(), "%Y-%m-%d %H:%M:%S UTC"),
        frozen=mock.clock.frozen,
        received=mock.ledger.received,
        operations=operations,
        more=len(contract.operations) - len(operations),
        kept=tuple(sorted(counted, key=lambda kept: (-kept.count, kept.resource))),
        requests=tuple(_seen(entry, told) for entry in reversed(entries)),
        scripts=tuple(str(script) for script in mock.scripts),
        misbehaviours=mock.misbehaviours,
        messages=tuple(
            told.text(f"{m.event} to {m.url}: {m.state}, {len(m.attempts)} attempts")
            for m in list(vendor.outbox.messages)[-MOST_REQUESTS:]
        ),
    )


def _does(practice: Practice) -> str:
    if practice.kind is None or not practice.role:
        return "answers by example"
    return f"{practice.role}: {practice.kind.name}"


def _seen(entry: Entry, told: Told) -> Seen:
    status = entry.status
    kind = "good" if status < 400 else "refused" if status < 500 else "failed"
    why = "; ".join([*entry.said("decided"), *map(str, entry.effects), *entry.said("delivered")])
    return Seen(
        serial=entry.serial,
        time=_time(entry.moment, "%H:%M:%S"),
        status=status,
        kind=kind,
        what=f"{entry.method} {told.text(entry.target)}",
        operation=entry.operation_id or entry.operation,
        client=entry.client,
        why=told.text(why),
    )


def _time(moment: float, form: str) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime(form)
