"""The vendor closes its side after the answer, without a word, and answers nothing more.

Imitates a server that ends an idle connection as the next request is written. Whoever uses the
connection again gets no answer, and cannot know whether the request was read: it was not.
"""

from __future__ import annotations

from msgspec.structs import replace

from verifier.mocking.fault import Play
from verifier.wire import Answer, Delivery, End

__all__ = ["after"]


def after(play: Play, answer: Answer) -> Answer:
    """Answer, and close one side."""
    return replace(answer, delivery=Delivery(end=End.HALF))
