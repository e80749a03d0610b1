"""The head of the answer drips, a few bytes at a time.

Imitates a starved proxy. A client whose timeout starts anew with every byte waits very long.
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

    piece_bytes: int = bounded(8, least=1)
    pause_seconds: float = bounded(0.5, most=3600)


def after(play: Play, answer: Answer) -> Answer:
    """Send the head in pieces."""
    options: Options = play.options
    delivery = Delivery(
        part=Part.HEAD, piece_bytes=options.piece_bytes, pause_seconds=options.pause_seconds
    )
    return replace(answer, delivery=delivery)
