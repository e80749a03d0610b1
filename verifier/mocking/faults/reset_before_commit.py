"""The connection is reset before anything was done.

Imitates a server that dies as a request arrives. To the client it looks exactly like
``reset-after-commit``, and a retry is right.
"""

from __future__ import annotations

from verifier.mocking.fault import Play
from verifier.wire import Answer, Delivery, End

__all__ = ["before"]


def before(play: Play) -> Answer:
    """Break it off."""
    return Answer(status=503, delivery=Delivery(stop_after_bytes=0, end=End.RESET))
