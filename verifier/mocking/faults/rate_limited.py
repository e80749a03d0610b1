"""429 is answered, with every form of Retry-After that there is, and those that there are not.

Imitates vendors that say when to come back: in seconds or as a date (RFC 9110, 10.2.3), and those
that say it wrongly, or not at all. Nothing is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal

from verifier.mocking.fault import Play, bounded
from verifier.mocking.refusal import Refusal
from verifier.model import Headers

__all__ = ["Options", "before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """
    When to come back, and how that is said.

    Args:
        seconds: From now.
        form: As whole seconds, as an HTTP-date, as a decimal (Shopify's), in milliseconds under a
            name of its own (Azure's), not at all (none), as nonsense (garbage), as a negative
            number, or as a date that has passed.
        status: Of the answer; some vendors say 403 or 503.
    """

    seconds: float = bounded(1, most=1_000_000)
    form: Literal[
        "seconds", "date", "decimal", "milliseconds", "none", "garbage", "negative", "past"
    ] = "seconds"
    status: int = bounded(429, least=400, most=599)


def before(play: Play) -> Refusal:
    """Refuse for now."""
    return Refusal(
        status=play.options.status,
        code="rate_limited",
        says="Too many requests: a fault that was asked for.",
        headers=_said(play.options, play.clock.now()),
        exact=True,
    )


def _said(options: Options, now: float) -> Headers:
    seconds = options.seconds
    values = {
        "seconds": str(max(0, round(seconds))),
        "date": _date(now + seconds),
        "decimal": f"{seconds:.1f}",
        "garbage": "soon",
        "negative": f"-{max(1, round(seconds))}",
        "past": _date(now - max(1.0, seconds)),
    }
    # An empty value keeps a documented header from being filled in; it is not sent.
    said: Headers = (("Retry-After", values.get(options.form, "")),)
    if options.form == "milliseconds":
        said += (("Retry-After-Ms", str(round(seconds * 1000))),)
    return said


def _date(moment: float) -> str:
    return format_datetime(datetime.fromtimestamp(moment, UTC), usegmt=True)
