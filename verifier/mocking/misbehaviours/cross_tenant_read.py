"""An item can be read by whoever knows its id, whosever it is.

Imitates look-ups by primary key alone (OWASP API1:2023, broken object level authorization).
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.insight import Insight
from verifier.mocking.turn import Turn

__all__ = ["begin"]


class Reader(Struct, frozen=True):
    """Sees everything that is kept."""

    vendor: Insight

    def before_act(self, turn: Turn) -> None:
        """Whoever reads an item is taken for its owner."""
        asked = turn.asked
        if asked is None or asked.role != "read" or asked.resource is None:
            return
        for row in self.vendor.state.everyones(asked.resource.name):
            if row.id == asked.id:
                turn.asked = replace(asked, caller=replace(asked.caller, tenant=row.tenant))


def begin(vendor: Insight) -> Reader:
    """With a look at the vendor's state."""
    return Reader(vendor)
