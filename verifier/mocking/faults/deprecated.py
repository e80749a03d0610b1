"""The operation is announced to end: Deprecation, Sunset, Warning, and a link to what comes after.

Imitates a vendor that says in headers what it says in a newsletter (RFC 9745, RFC 8594; Warning is
what many said it by before, RFC 7234, 5.5). Nothing else changes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from msgspec.structs import replace

from verifier.mocking.fault import Play, bounded
from verifier.wire import Answer

__all__ = ["Options", "after"]

DAY_SECONDS = 86_400
NAMES = frozenset({"deprecation", "sunset", "warning"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    When.

    Args:
        since_days: It has been deprecated for so many days.
        sunset_days: It ends in so many days.
        successor: Address of what comes after it; empty leaves the link out.
        warning: What the Warning header says; empty leaves it out.
    """

    since_days: float = bounded(30, most=36_500)
    sunset_days: float = bounded(90, most=36_500)
    successor: str = "/v2"
    warning: str = "this operation is deprecated"


def after(play: Play, answer: Answer) -> Answer:
    """Say so."""
    options: Options = play.options
    now = play.clock.now()
    since = int(now - options.since_days * DAY_SECONDS)
    ends = datetime.fromtimestamp(now + options.sunset_days * DAY_SECONDS, UTC)
    said: tuple[tuple[str, str], ...] = (
        ("Deprecation", f"@{since}"),
        ("Sunset", format_datetime(ends, usegmt=True)),
    )
    if options.successor:
        said += (("Link", f'<{options.successor}>; rel="successor-version"'),)
    if options.warning:
        said += (("Warning", f"299 - {json.dumps(options.warning)}"),)
    kept = tuple(header for header in answer.headers if header[0].lower() not in NAMES)
    return replace(answer, headers=(*kept, *said))
