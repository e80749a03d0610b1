"""Every twentieth answer breaks off in the middle.

Imitates servers that are restarted, or taken out by a balancer, while they still answer: what was
asked is done, and the client does not know it.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from verifier.mocking.turn import Turn
from verifier.wire import Delivery, End

__all__ = ["begin"]

EVERY = 20


class Balancer(Struct):
    """Counts answers that have a body, for only those can break off everywhere."""

    answers: int = 0

    def after_complete(self, turn: Turn) -> None:
        """A part of the body is sent, and the connection closed."""
        if turn.answer is None or turn.incoming.method == "HEAD" or len(turn.answer.body) < 2:
            return
        self.answers += 1
        if self.answers % EVERY == 0:
            half = len(turn.answer.body) // 2
            broken = Delivery(stop_after_body_bytes=half, end=End.RESET)
            turn.answer = replace(turn.answer, delivery=broken)


def begin(vendor: object) -> Balancer:
    """With all servers up."""
    return Balancer()
