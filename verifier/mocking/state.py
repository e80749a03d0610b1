"""What the mock keeps: rows of resources, by tenant and parent, in the order of their making."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Row", "State"]

MOST_ROWS = 20_000


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


@dataclass(slots=True)
class State:
    """All rows; adding beyond a bound forgets the oldest."""

    _rows: dict[tuple[str, str], Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Keep a row."""
        self._rows[row.resource, row.id] = row
        if len(self._rows) > MOST_ROWS:
            del self._rows[next(iter(self._rows))]

    def get(self, resource: str, id: str, tenant: str) -> Row | None:
        """A row of a tenant's; another tenant's does not exist."""
        row = self._rows.get((resource, id))
        return row if row is not None and row.tenant == tenant else None

    def remove(self, row: Row) -> None:
        """Forget a row."""
        self._rows.pop((row.resource, row.id), None)

    def all(
        self, resource: str, tenant: str, path: Mapping[str, str], keep: Callable[[Row], bool]
    ) -> Iterator[Row]:
        """The rows of a resource below given parents that a filter keeps."""
        for row in self._rows.values():
            if row.resource != resource or row.tenant != tenant:
                continue
            if all(row.path.get(name) == value for name, value in path.items()) and keep(row):
                yield row

    def count(self, resource: str) -> int:
        """How many rows of a resource there are, over all tenants."""
        return sum(1 for name, _ in self._rows if name == resource)
