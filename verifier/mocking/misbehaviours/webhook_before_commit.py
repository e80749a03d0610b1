"""An event is told a second before what it tells of can be read.

Imitates events that leave before their transaction is committed, or reads from a replica.
"""

from __future__ import annotations

from contextlib import ExitStack

from msgspec import Struct, field

from verifier.mocking.insight import Insight
from verifier.mocking.turn import Turn

__all__ = ["begin"]

LATE_SECONDS = 1.0


class Replica(Struct):
    """Shows an earlier moment, as long as there is something to be told."""

    vendor: Insight
    stack: ExitStack = field(default_factory=ExitStack)

    def before_act(self, turn: Turn) -> None:
        """A read after an event sees what was there before it."""
        messages, earlier = self.vendor.outbox.messages, turn.now - LATE_SECONDS
        fresh = bool(messages) and messages[-1].created > earlier
        if fresh and turn.incoming.method in ("GET", "HEAD"):
            self.stack.enter_context(self.vendor.state.rewound(earlier))

    def after_act(self, turn: Turn) -> None:
        """The present is back."""
        self.stack.close()


def begin(vendor: Insight) -> Replica:
    """With a look at the vendor's state and its messages."""
    return Replica(vendor)
