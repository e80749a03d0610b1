"""What the mock keeps: rows of kinds, by tenant and place, in the order of their making."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

__all__ = ["EVERYBODY", "Change", "Row", "State"]

MOST_ROWS = 20_000
MOST_CHANGES = 10_000
EVERYBODY = "*"
Key = tuple[str, str, str]


@dataclass(slots=True)
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

    @property
    def etag(self) -> str:
        """The strong validator of this version (RFC 9110, 8.8.3)."""
        return f'"{self.version}"'

    @property
    def key(self) -> Key:
        """What it is found by within its kind: whose it is, where it is, and its id."""
        return self.tenant, self.place, self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
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


@dataclass(slots=True)
class State:
    """
    All rows, and what was done to them; adding beyond a bound forgets the oldest.

    Args:
        now: The clock: seconds since the epoch.
        changed: How often anything was done so far.
    """

    now: Callable[[], float] = time.time
    changed: int = 0
    _rows: dict[str, dict[Key, Row]] = field(default_factory=dict)
    _changes: deque[Change] = field(default_factory=lambda: deque(maxlen=MOST_CHANGES))
    _serial: int = 0
    _count: int = 0

    def add(self, row: Row) -> None:
        """Keep a row."""
        held = self._rows.setdefault(row.resource, {})
        self._note("changed" if row.key in held else "created", row)
        self.put(row)

    def put(self, row: Row) -> None:
        """Keep a row that was always there: nobody did anything."""
        held = self._rows.setdefault(row.resource, {})
        self._count += row.key not in held
        self._serial += 1
        row.serial, row.changed = self._serial, self.now()
        held[row.key] = row
        if self._count > MOST_ROWS:
            largest = max(self._rows.values(), key=len)
            del largest[next(iter(largest))]
            self._count -= 1

    def change(self, row: Row, value: dict[str, Any]) -> None:
        """Give a row another value."""
        self._note("changed", row)
        row.value, row.version, row.changed = value, row.version + 1, self.now()

    def flag(self, row: Row, name: str, *, on: bool) -> None:
        """Switch something about a row on or off."""
        flags = row.flags | {name} if on else row.flags - {name}
        if flags != row.flags:
            self._note("changed", row)
            row.flags = flags

    def get(self, resource: str, id: str, tenant: str, place: str | None = None) -> Row | None:
        """A row of a tenant's; another tenant's does not exist. No ``place`` looks everywhere."""
        held = self._rows.get(resource)
        if not held:
            return None
        for owner in (tenant, EVERYBODY):
            row = held.get((owner, place or "", id))
            if row is not None:
                return row
        if place is not None:
            return None
        whose = (tenant, EVERYBODY)
        return next((r for r in held.values() if r.id == id and r.tenant in whose), None)

    def remove(self, row: Row) -> None:
        """Forget a row."""
        held = self._rows.get(row.resource, {})
        if row.key in held:
            self._note("removed", row)
            del held[row.key]
            self._count -= 1

    def all(self, resource: str, tenant: str, path: Mapping[str, str]) -> Iterator[Row]:
        """The rows of a kind whose paths hold given values."""
        whose, wanted = (tenant, EVERYBODY), path.items()
        rows = self._rows.get(resource, {}).values()
        if not wanted:
            return (row for row in rows if row.tenant in whose)
        return (row for row in rows if row.tenant in whose and wanted <= row.path.items())

    def take_over(self, other: State, resources: Iterable[str]) -> None:
        """Keep what another state keeps of some resources."""
        for resource in resources:
            for row in other.everyones(resource):
                self.put(row)

    def everyones(self, resource: str) -> list[Row]:
        """The rows of a kind, whosever they are."""
        return list(self._rows.get(resource, {}).values())

    def count(self, resource: str) -> int:
        """How many rows of a kind there are, over all tenants."""
        return len(self._rows.get(resource, {}))

    def counts(self) -> dict[str, int]:
        """How many rows there are of each kind that has any."""
        return {name: len(rows) for name, rows in self._rows.items() if rows}

    def changes_since(self, changed: int) -> list[Change]:
        """What was done since ``changed`` had a value, as far as it is remembered."""
        newer = min(self.changed - changed, len(self._changes))
        return list(islice(reversed(self._changes), newer))[::-1]

    @contextmanager
    def rewound(self, moment: float) -> Iterator[None]:
        """Show the rows of an earlier moment, as far as it is remembered, within the block."""
        rows = {resource: dict(held) for resource, held in self._rows.items()}
        for change in reversed(self._changes):
            if change.moment <= moment:
                break
            held = rows.setdefault(change.resource, {})
            if change.before is None:
                held.pop(change.row.key, None)
            else:
                held[change.before.key] = change.before
        present, self._rows = self._rows, rows
        try:
            yield
        finally:
            self._rows = present

    def _note(self, act: str, row: Row) -> None:
        known = self._rows.get(row.resource, {}).get(row.key)
        before = None if known is None else replace(known)
        self.changed += 1
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
