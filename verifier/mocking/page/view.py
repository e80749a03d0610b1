"""What the page shows, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

from msgspec import Struct

from verifier.mocking.ledger import Entry
from verifier.mocking.mock import Mock
from verifier.mocking.practice import ROLES
from verifier.mocking.told import Told
from verifier.model import Resource

__all__ = ["Kept", "Offered", "Seen", "View", "view_of"]

MOST_REQUESTS = 50
MOST_OPERATIONS = 500
MOST_NAMES = 12


class Offered(Struct, frozen=True, kw_only=True):
    """An operation, and how often it was asked for."""

    method: str
    path: str
    id: str
    does: str
    asked: int


class Kept(Struct, frozen=True, kw_only=True):
    """A resource, and how many things of it there are."""

    resource: str
    count: int


class Seen(Struct, frozen=True, kw_only=True):
    """A request; ``kind`` is ``good``, ``refused`` or ``failed``."""

    serial: int
    time: str
    status: int
    kind: str
    what: str
    operation: str
    client: str
    why: str


class View(Struct, frozen=True, kw_only=True):
    """
    All of the page.

    Args:
        more: How many operations are left out.
        empty: Names of resources of which nothing is kept.
    """

    title: str
    version: str
    now: str
    frozen: bool
    received: int
    operations: tuple[Offered, ...]
    more: int
    kept: tuple[Kept, ...]
    empty: str
    requests: tuple[Seen, ...]
    scripts: tuple[str, ...]
    misbehaviours: tuple[str, ...]
    messages: tuple[str, ...]


def view_of(mock: Mock, told: Told) -> View:
    """How a mock stands."""
    contract, vendor = mock.contract, mock.vendor
    asked = Counter(entry.operation for entry in mock.ledger)
    roles = {key: says for resource in contract.resources for key, says in _roles(resource)}
    operations = tuple(
        Offered(
            method=operation.method,
            path=operation.path,
            id=operation.id,
            does=roles.get(operation.key, "answers by example"),
            asked=asked[operation.key],
        )
        for operation in islice(contract.operations, MOST_OPERATIONS)
    )
    counts = {resource.name: 0 for resource in contract.resources} | vendor.state.counts()
    kept = [Kept(resource=name, count=count) for name, count in counts.items() if count]
    entries = list(mock.ledger)[-MOST_REQUESTS:]
    return View(
        title=contract.title,
        version=contract.version,
        now=_time(mock.clock.now(), "%Y-%m-%d %H:%M:%S UTC"),
        frozen=mock.clock.frozen,
        received=mock.ledger.received,
        operations=operations,
        more=len(contract.operations) - len(operations),
        kept=tuple(sorted(kept, key=lambda kept: (-kept.count, kept.resource))),
        empty=_some([name for name, count in counts.items() if not count]),
        requests=tuple(_seen(entry, told) for entry in reversed(entries)),
        scripts=tuple(str(script) for script in mock.scripts),
        misbehaviours=mock.misbehaviours,
        messages=tuple(
            told.text(f"{m.event} to {m.url}: {m.state}, {len(m.attempts)} attempts")
            for m in list(vendor.outbox.messages)[-MOST_REQUESTS:]
        ),
    )


def _roles(resource: Resource) -> Iterator[tuple[str, str]]:
    for role in ROLES:
        yield getattr(resource, role), f"{role}: {resource.name}"
    for key in resource.actions:
        yield key, f"action: {resource.name}"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


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
