"""What is deprecated ended before it was deprecated.

Imitates dates that are kept in two places (RFC 9745, 4).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from msgspec.structs import replace

from verifier.mocking.asked import Asked
from verifier.wire import Answer

__all__ = ["answered"]

EARLIER = timedelta(days=30)


def answered(asked: Asked | None, answer: Answer) -> Answer:
    """The end comes a month before the beginning of the end."""
    since = next((v for k, v in answer.headers if k.lower() == "deprecation"), "")
    if not since.startswith("@"):
        return answer
    ended = datetime.fromtimestamp(int(since[1:]), UTC) - EARLIER
    kept = tuple(h for h in answer.headers if h[0].lower() != "sunset")
    return replace(answer, headers=(*kept, ("Sunset", format_datetime(ended, usegmt=True))))
