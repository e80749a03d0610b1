"""The request is read, nothing is done, and no answer ever comes.

Imitates a server whose workers are all busy. The connection stays open until the client gives up.
"""

from __future__ import annotations

from verifier.mocking.fault import Play
from verifier.wire import Answer, Delivery, End

__all__ = ["before"]


def before(play: Play) -> Answer:
    """Say nothing."""
    return Answer(status=503, delivery=Delivery(stop_after_bytes=0, end=End.SILENCE))
