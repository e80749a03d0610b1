"""What the mock keeps: rows of kinds, by tenant and place, in the order of their making."""

from __future__ import annotations

import dataclasses
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from msgspec import Struct, field

from verifier.mocking.rows import Rows

__all__ = ["EVERYBODY", "Change", "Row", "State"]

MOST_ROWS = 20_000
MOST_CHANGES = 10_000
EVERYBODY = "*"
Key = tuple[str, str, str]


@dataclasses.dataclass(slots=True)
class Row:
    """
    One thing.

    Args:
        resource: Name of its kind.
        tenant: Whose it is; ``EVERYBODY`` for what all may see.
        path: Variables of its own path, and of the one it was made at, with their values.
        value: Its representation, as it is shown.
        version: Counts its changes; the ETag is made of it.
        serial: Counts rows in the order of their making.
        changed: When it was last changed, by the mock's clock.
        place: Where it is, where ids are unique within something else.
        flags: What was switched on about it, such as ``star``.
        proved: The value that its kind's schema was seen to accept; any other is to be looked at.
    """

    resource: str
    id: str
    tenant: str
    path: Mapping[str, str]
    value: dict[str, Any]
    version: int = 1
    serial: int = 0
    changed: float = 0.0
    place: str = ""
    flags: frozenset[str] = frozenset()
    proved: dict[str, Any] | None = dataclasses.field(default=None, compare=False, repr=False)

    @property
    def etag(self) -> str:
        """The strong validator of this version (RFC 9110, 8.8.3)."""
        return f'"{self.version}"'

    @property
    def key(self) -> Key:
        """What it is found by within its kind: whose it is, where it is, and its id."""
        return self.tenant, self.place, self.id


class Change(Struct, frozen=True, kw_only=True):
    """
    Something that was done to a row.

    Args:
        act: ``created``, ``changed`` or ``removed``.
        row: The row itself, as it is by now.
        before: The row as it was; None where there was none.
        moment: By the mock's clock.
    """

    act: str
    resource: str
    id: str
    row: Row
    before: Row | None
    moment: float


class _Shelf:
    """
    The rows of one kind, those of each owner among them, and those of an owner in one place, in
    the order of their making. Of a plain dict, the first is found by way of all that were removed.
    """

    __slots__ = ("_named", "_owned", "_placed", "rows")

    def __init__(self) -> None:
        self.rows: OrderedDict[Key, Row] = OrderedDict()
        self._owned: defaultdict[str, OrderedDict[Key, Row]] = defaultdict(OrderedDict)
        self._placed: defaultdict[tuple[str, str], OrderedDict[Key, Row]] = defaultdict(OrderedDict)
        self._named: dict[tuple[str, str], dict[str, Row]] = {}

    def put(self, row: Row) -> bool:
        """Keep a row, in the place of one of its key; gives whether there was none."""
        key = row.key
        new = key not in self.rows
        self.rows[key] = self._owned[row.tenant][key] = row
        if row.place:
            self._placed[row.tenant, row.place][key] = row
            self._named.setdefault((row.tenant, row.id), {})[row.place] = row
        return new

    def take(self, key: Key) -> None:
        """Let go of a row, where there is one."""
        row = self.rows.pop(key, None)
        if row is not None:
            del self._owned[row.tenant][key]
            if row.place:
                del self._placed[row.tenant, row.place][key]
                named = self._named[row.tenant, row.id]
                del named[row.place]
                if not named:
                    del self._named[row.tenant, row.id]

    def anywhere(self, tenant: str, id: str) -> Row | None:
        """The first row of an owner's and an id that is in a place, whichever that is."""
        return next(iter(self._named.get((tenant, id), {}).values()), None)

    def seen_by(self, tenant: str, place: str) -> Sequence[Row]:
        """A tenant's own rows, and everybody's; those in one place, where one is named."""
        mine, shared = self._of(tenant, place), self._of(EVERYBODY, place)
        if mine and shared and tenant != EVERYBODY:
            whose = (tenant, EVERYBODY)
            rows = self.rows.values()
            return [r for r in rows if r.tenant in whose and place in ("", r.place)]
        return Rows(mine or shared or {})

    def _of(self, tenant: str, place: str) -> OrderedDict[Key, Row] | None:
        return self._placed.get((tenant, place)) if place else self._owned.get(tenant)


class State(Struct):
    """
    All rows, and what was done to them; adding beyond a bound forgets the oldest.

    Args:
        now: The clock: seconds since the epoch.
        changed: How often anything was done so far.
        version: Another one whenever anything that can be listed is another than before.
    """

    now: Callable[[], float] = time.time
    changed: int = 0
    version: int = 0
    _shelves: defaultdict[str, _Shelf] = field(default_factory=lambda: defaultdict(_Shelf))
    _changes: deque[Change] = field(default_factory=lambda: deque(maxlen=MOST_CHANGES))
    _serial: int = 0
    _count: int = 0

    def add(self, row: Row) -> None:
        """Keep a row."""
        known = self._kept(row)
        self._note("created" if known is None else "changed", row, known)
        self.put(row)

    def put(self, row: Row) -> None:
        """Keep a row that was always there: nobody did anything."""
        self._serial += 1
        self.version += 1
        row.serial, row.changed = self._serial, self.now()
        self._count += self._shelves[row.resource].put(row)
        if self._count > MOST_ROWS:
            largest = max(self._shelves.values(), key=lambda shelf: len(shelf.rows))
            largest.take(next(iter(largest.rows)))
            self._count -= 1

    def change(self, row: Row, value: dict[str, Any]) -> None:
        """Give a row another value."""
        self._note("changed", row, self._kept(row))
        row.value, row.version, row.changed = value, row.version + 1, self.now()

    def flag(self, row: Row, name: str, *, on: bool) -> None:
        """Switch something about a row on or off."""
        flags = row.flags | {name} if on else row.flags - {name}
        if flags != row.flags:
            self._note("changed", row, self._kept(row))
            row.flags = flags

    def get(self, resource: str, id: str, tenant: str, place: str | None = None) -> Row | None:
        """A row of a tenant's; another tenant's does not exist. No ``place`` looks everywhere."""
        shelf = self._shelves.get(resource)
        if shelf is None:
            return None
        held, owners = shelf.rows, (tenant, EVERYBODY)
        for owner in owners:
            row = held.get((owner, place or "", id))
            if row is not None:
                return row
        if place is not None:
            return None
        return next((r for owner in owners if (r := shelf.anywhere(owner, id)) is not None), None)

    def remove(self, row: Row) -> None:
        """Forget a row."""
        shelf = self._shelves.get(row.resource)
        if shelf is not None and row.key in shelf.rows:
            self._note("removed", row, self._kept(row))
            shelf.take(row.key)
            self._count -= 1

    def all(
        self, resource: str, tenant: str, path: Mapping[str, str], place: str = ""
    ) -> Sequence[Row]:
        """
        The rows of a kind whose paths hold given values, as they are until the next change.

        Args:
            place: Where all such rows are, if they are in one place.
        """
        shelf = self._shelves.get(resource)
        if shelf is None:
            return ()
        rows, wanted = shelf.seen_by(tenant, place), path.items()
        return [row for row in rows if wanted <= row.path.items()] if wanted and not place else rows

    def take_over(self, other: State, resources: Iterable[str]) -> None:
        """Keep what another state keeps of some resources."""
        for resource in resources:
            for row in other.everyones(resource):
                self.put(row)

    def everyones(self, resource: str) -> list[Row]:
        """The rows of a kind, whosever they are."""
        shelf = self._shelves.get(resource)
        return list(shelf.rows.values()) if shelf is not None else []

    def count(self, resource: str) -> int:
        """How many rows of a kind there are, over all tenants."""
        shelf = self._shelves.get(resource)
        return len(shelf.rows) if shelf is not None else 0

    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind that has any."""
        return {name: len(shelf.rows) for name, shelf in self._shelves.items() if shelf.rows}

    def changes_since(self, changed: int) -> list[Change]:
        """What was done since ``changed`` had a value, as far as it is remembered."""
        newer = min(self.changed - changed, len(self._changes))
        if newer < 2:
            return [self._changes[-1]] if newer else []
        return list(islice(reversed(self._changes), newer))[::-1]

    @contextmanager
    def rewound(self, moment: float) -> Iterator[None]:
        """Show the rows of an earlier moment, as far as it is remembered, within the block."""
        past: defaultdict[str, _Shelf] = defaultdict(_Shelf)
        for resource, shelf in self._shelves.items():
            for row in shelf.rows.values():
                past[resource].put(row)
        for change in reversed(self._changes):
            if change.moment <= moment:
                break
            if change.before is None:
                past[change.resource].take(change.row.key)
            else:
                past[change.resource].put(change.before)
        present, self._shelves = self._shelves, past
        self.version += 1
        try:
            yield
        finally:
            self._shelves = present
            self.version += 1

    def _kept(self, row: Row) -> Row | None:
        """What is kept under a row's key."""
        return self._shelves[row.resource].rows.get(row.key)

    def _note(self, act: str, row: Row, known: Row | None) -> None:
        before = None if known is None else dataclasses.replace(known)
        self.changed += 1
        self.version += 1
        self._changes.append(
            Change(
                act=act,
                resource=row.resource,
                id=row.id,
                row=row,
                before=before,
                moment=self.now(),
            )
        )
