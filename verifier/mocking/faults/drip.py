"""The body of the answer drips, a few bytes at a time.

Imitates a congested line. A client with a timeout between bytes, and none for the whole, hangs as
long as the drip lasts.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer, Delivery, Part

__all__ = ["Options", "after"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    How slowly.

    Args:
        piece_bytes: Sent at a time.
        pause_seconds: After each.
    """

    piece_bytes: int = bounded(1, least=1)
    pause_seconds: float = bounded(0.5, most=3600)


def after(play: Play, answer: Answer) -> Answer:
    """Send the body in pieces."""
    options: Options = play.options
    delivery = Delivery(
        part=Part.BODY, piece_bytes=options.piece_bytes, pause_seconds=options.pause_seconds
    )
    return replace(answer, delivery=delivery)
