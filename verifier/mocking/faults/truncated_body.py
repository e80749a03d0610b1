"""The body breaks off in the middle.

Imitates a server that dies while it answers. The promised length is right; what comes is less, and
often still parses as something.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from verifier.mocking.ending import ENDS, Then
from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer, Delivery

__all__ = ["Options", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How much, and what then.

    Args:
        share: Of the body that comes, from 0 to 1.
        then: The connection is closed in order, reset, or stays open (hang).
    """

    share: float = bounded(0.5, most=1)
    then: Then = "close"


def after(play: Play, answer: Answer) -> Answer:
    """Send a part of it."""
    options: Options = play.options
    kept = min(int(len(answer.body) * options.share), max(0, len(answer.body) - 1))
    delivery = Delivery(stop_after_body_bytes=kept, end=ENDS[options.then])
    return replace(answer, delivery=delivery)
