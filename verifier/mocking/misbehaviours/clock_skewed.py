"""The vendor's clock is five minutes behind.

Imitates hosts without time synchronisation.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]

BEHIND_SECONDS = 300


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The date is late."""
    return replace(answer, headers=tuple(_late(*header) for header in answer.headers))


def _late(name: str, value: str) -> tuple[str, str]:
    if name.lower() != "date":
        return name, value
    moment = parsedate_to_datetime(value) - timedelta(seconds=BEHIND_SECONDS)
    return name, format_datetime(moment, usegmt=True)
