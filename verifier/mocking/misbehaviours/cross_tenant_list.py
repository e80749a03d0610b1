"""Lists show the items of every tenant.

Imitates a "where tenant =" that one query lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from verifier.mocking.asked import Asked
from verifier.mocking.insight import Insight
from verifier.mocking.state import Row

__all__ = ["begin"]


class Lister(Struct, frozen=True):
    """Sees everything that is kept."""

    vendor: Insight

    def listed(self, asked: Asked, rows: Sequence[Row]) -> Sequence[Row]:
        """Other tenants' items come after one's own."""
        if asked.resource is None or asked.parents:
            return rows
        everyones = self.vendor.state.everyones(asked.resource.name)
        return [*rows, *(row for row in everyones if row.tenant != asked.caller.tenant)]


def begin(vendor: Insight) -> Lister:
    """With a look at the vendor's state."""
    return Lister(vendor)
