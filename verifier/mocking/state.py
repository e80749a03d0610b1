"""What the mock keeps: rows of resources, by tenant and parent, in the order of their making."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

__all__ = ["Change", "Row", "State"]

MOST_ROWS = 20_000
MOST_CHANGES = 10_000


@dataclass(slots=True)
class Row:
    """
    One thing.

    Args:
        path: Values of the parents' path parameters.
        value: Its representation, as it is shown.
        version: Counts its changes; the ETag is made of it.
    """

    resource: str
    id: str
    tenant: str
    path: Mapping[str, str]
    value: dict[str, Any]
    version: int = 1

    @property
    def etag(self) -> str:
        """The strong validator of this version (RFC 9110, 8.8.3)."""
        return f'"{self.version}"'


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
    _rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    _changes: deque[Change] = field(default_factory=lambda: deque(maxlen=MOST_CHANGES))

    def add(self, row: Row) -> None:
        """Keep a row."""
        self._note("changed" if (row.resource, row.id) in self._rows else "created", row)
        self._rows[row.resource, row.id] = row
        if len(self._rows) > MOST_ROWS:
            del self._rows[next(iter(self._rows))]

    def change(self, row: Row, value: dict[str, Any]) -> None:
        """Give a row another value."""
        self._note("changed", row)
        row.value, row.version = value, row.version + 1

    def get(self, resource: str, id: str, tenant: str) -> Row | None:
        """A row of a tenant's; another tenant's does not exist."""
        row = self._rows.get((resource, id))
        return row if row is not None and row.tenant == tenant else None

    def remove(self, row: Row) -> None:
        """Forget a row."""
        if (row.resource, row.id) in self._rows:
            self._note("removed", row)
            del self._rows[row.resource, row.id]

    def all(
        self, resource: str, tenant: str, path: Mapping[str, str], keep: Callable[[Row], bool]
    ) -> Iterator[Row]:
        """The rows of a resource below given parents that a filter keeps."""
        for row in self._rows.values():
            if row.resource != resource or row.tenant != tenant:
                continue
            if all(row.path.get(name) == value for name, value in path.items()) and keep(row):
                yield row

    def everyones(self, resource: str) -> Iterator[Row]:
        """The rows of a resource, whosever they are."""
        return (row for row in tuple(self._rows.values()) if row.resource == resource)

    def count(self, resource: str) -> int:
        """How many rows of a resource there are, over all tenants."""
        return sum(1 for name, _ in self._rows if name == resource)

    def changes_since(self, changed: int) -> list[Change]:
        """What was done since ``changed`` had a value, as far as it is remembered."""
        newer = min(self.changed - changed, len(self._changes))
        return list(islice(self._changes, len(self._changes) - newer, None))

    @contextmanager
    def rewound(self, moment: float) -> Iterator[None]:
        """Show the rows of an earlier moment, as far as it is remembered, within the block."""
        rows = dict(self._rows)
        for change in reversed(self._changes):
            if change.moment <= moment:
                break
            if change.before is None:
                rows.pop((change.resource, change.id), None)
            else:
                rows[change.resource, change.id] = change.before
        present, self._rows = self._rows, rows
        try:
            yield
        finally:
            self._rows = present

    def _note(self, act: str, row: Row) -> None:
        known = self._rows.get((row.resource, row.id))
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
