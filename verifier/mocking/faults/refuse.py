"""The vendor is down: the request is broken off, and no connection is taken for a while.

Imitates a restart. Nothing was done. The connections of every other client are dropped, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer, Delivery, End

__all__ = ["Options", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    For how long.

    Args:
        seconds: Connections are refused for so long.
    """

    seconds: float = bounded(1.0, most=3600)


def before(play: Play) -> Answer:
    """Be gone."""
    delivery = Delivery(stop_after_bytes=0, end=End.RESET, refuse_seconds=play.options.seconds)
    return Answer(status=503, delivery=delivery)
