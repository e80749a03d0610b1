"""Content-Length promises more than there is.

Imitates a length that was counted before the body was changed. All of the body comes, and the
client waits for the rest.
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
    By how much, and what then.

    Args:
        missing_bytes: Promised beyond what comes.
        then: The connection is closed in order, reset, or stays open (hang).
    """

    missing_bytes: int = bounded(16, least=1)
    then: Then = "close"


def after(play: Play, answer: Answer) -> Answer:
    """Promise more."""
    options: Options = play.options
    promised = str(len(answer.body) + options.missing_bytes)
    kept = tuple(h for h in answer.headers if h[0].lower() != "content-length")
    return replace(
        answer,
        headers=(*kept, ("Content-Length", promised)),
        delivery=Delivery(end=ENDS[options.then]),
    )
