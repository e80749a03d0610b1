"""Every tenth answer to a read never comes.

Imitates a pool of connections that is too small: whoever finds it empty waits for ever.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.turn import Turn
from verifier.wire import Delivery, End

__all__ = ["begin"]

EVERY = 10


class Pool(Struct):
    """Counts reads."""

    reads: int = 0

    def after_complete(self, turn: Turn) -> None:
        """Nothing is sent, and the connection stays open."""
        if turn.answer is None or turn.incoming.method not in ("GET", "HEAD"):
            return
        self.reads += 1
        if self.reads % EVERY == 0:
            silence = Delivery(stop_after_bytes=0, end=End.SILENCE)
            turn.answer = replace(turn.answer, delivery=silence)


def begin(vendor: object) -> Pool:
    """With a full pool."""
    return Pool()
