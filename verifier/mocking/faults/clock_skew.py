"""The vendor's clock is wrong.

Imitates a host without time synchronisation: its Date, and every time that it writes, are off.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer

__all__ = ["Options", "after", "within"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    By how much.

    Args:
        seconds: Ahead; a negative number is behind.
    """

    seconds: float = bounded(-300.0, least=-1_000_000_000, most=1_000_000_000)


def within(play: Play) -> AbstractContextManager[None]:
    """Look at a wrong clock."""
    return play.clock.skewed(play.options.seconds)


def after(play: Play, answer: Answer) -> Answer:
    """Date it wrongly."""
    moment = datetime.fromtimestamp(play.turn.now + play.options.seconds, UTC)
    kept = tuple(header for header in answer.headers if header[0].lower() != "date")
    return replace(answer, headers=(*kept, ("Date", format_datetime(moment, usegmt=True))))
