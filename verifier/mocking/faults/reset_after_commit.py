"""What was asked is done, and then the connection is reset before any answer.

Imitates a load balancer that gives up on a server which had finished. A retry without an
idempotency key does it twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer, Delivery, End

__all__ = ["Options", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    When.

    Args:
        sent_bytes: So many bytes of the answer come first.
    """

    sent_bytes: int = bounded(0)


def after(play: Play, answer: Answer) -> Answer:
    """Break it off."""
    delivery = Delivery(stop_after_bytes=play.options.sent_bytes, end=End.RESET)
    return replace(answer, delivery=delivery)
