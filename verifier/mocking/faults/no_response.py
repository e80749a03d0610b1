"""What was asked is done, and no byte of an answer comes.

Imitates an answer that is lost on the way. The client cannot know whether it was done.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from verifier.mocking.ending import ENDS, Then
from verifier.mocking.fault import Play
from verifier.wire import Answer, Delivery

__all__ = ["Options", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How it ends.

    Args:
        then: The connection stays open (hang), is closed in order, or reset.
    """

    then: Then = "hang"


def after(play: Play, answer: Answer) -> Answer:
    """Keep the answer to oneself."""
    delivery = Delivery(stop_after_bytes=0, end=ENDS[play.options.then])
    return replace(answer, delivery=delivery)
