"""
Too many requests: 429 with every form of Retry-After, and none.

In seconds or as a date (RFC 9110, 10.2.3), each with two delays, for one that is kept by luck
proves nothing; as a decimal, as nonsense, as a negative number, as a date that has passed; an
hour; and a limit that is told beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from verifier.model import LimitRule, MockProfile
from verifier.rehearsing.episode import episode
from verifier.rehearsing.known import Known
from verifier.rehearsing.take import Take
from verifier.rehearsing.theatre import Theatre

__all__ = ["limit"]

TOLD = (("seconds", 1.0), ("seconds", 3.0), ("date", 3.0), ("date", 4.0))
ODD = ("decimal", "none", "garbage", "negative", "past")
EVERY = ("survives-malformed", "effects-exact")
HOUR_SECONDS = 3600.0
PATIENCE_SECONDS = 12.0


@episode("waits-as-told", "survives-malformed", "long-wait-told", "slows-down", "effects-exact")
def limit(known: Known, theatre: Theatre) -> Iterator[Take]:
    """Once each at the operation that matters most."""
    if not known.target:
        return
    for form, seconds in TOLD:
        plain = {"form": form, "seconds": seconds}
        yield _refused(known, f"{form} {seconds:g}", plain, shows=(*EVERY, "waits-as-told"))
    for form in ODD:
        yield _refused(known, form, {"form": form, "seconds": 1.5}, shows=EVERY)
    usual = theatre.integration.program.timeout_seconds
    patience = min(usual, PATIENCE_SECONDS + known.calm.first.ending.seconds)
    hour = {"seconds": HOUR_SECONDS}
    shows = ("long-wait-told", "effects-exact")
    yield _refused(known, "an hour", hour, times=0, shows=shows, timeout_seconds=patience)
    if len(known.calm.entries) > 2 and theatre.tells_limits:
        rule = LimitRule(quota=2, window_seconds=2.0)
        told = MockProfile(limits=(rule,))
        yield Take(name="told beforehand", profile=told, shows=("slows-down",))


def _refused(
    known: Known,
    name: str,
    told: Mapping[str, object],
    *,
    times: int = 1,
    **more: Any,
) -> Take:
    script = {"operation": known.target, "fault": "rate-limited", "with": told, "times": times}
    return Take(
        name=name,
        scripts=((script,), ()),
        facts={"form": told.get("form", "seconds"), "retry_after": told["seconds"]},
        **more,
    )
