"""
The day on which something ends comes after the day on which it was given up, and is yet to come.

Why it matters
    Dates are what a migration is planned by. Where they contradict each other, or have passed while
    everything still works, nobody believes the next one, which may be the true one.

How it asks
    It looks at Deprecation and Sunset on every successful answer to the requests drawn for an
    operation.

Limits
    A Sunset of the past on something that still works breaks no rule (it may vanish at any time):
    it is a warning.
"""

from __future__ import annotations

from datetime import UTC, datetime

from verifier.checks.ending import AGED, Aged, day, said, served
from verifier.model import (
    Effect,
    Finding,
    Findings,
    Level,
    Milestone,
    Observation,
    Question,
    Severity,
    Validity,
    check,
)


@check(
    question=Question.CHANGE,
    severity=Severity.MAJOR,
    effect=Effect.READ,
    source="RFC 9745, 4 (Sunset is not earlier than Deprecation); RFC 8594, 3",
    catches="sunset-before-deprecation",
    inputs=(Validity.VALID,),
)
def sunset_plausible(seen: Observation) -> Findings | None:
    if not served(seen):
        return None
    signals = said(seen.exchange)
    since, until = day(signals, Milestone.DEPRECATED), day(signals, Milestone.ENDS)
    if until is None:
        return ()
    if since is not None and until < since:
        says = f"It ends on {until}, before it was deprecated ({since})."
        return (_finding(seen, says, "sunset-before-deprecation", str(until), Level.FAIL),)
    today = datetime.fromtimestamp(seen.exchange.started, UTC).date()
    if until < today:
        says = f"It was to end on {until}, and is still served."
        return (_finding(seen, says, "sunset-passed", str(until), Level.WARNING),)
    return ()


def _finding(seen: Observation, says: str, signature: str, shown: str, level: Level) -> Finding:
    return Finding(
        says=says,
        signature=signature,
        operation=seen.operation.key,
        at=seen.operation.at,
        evidence=(seen.exchange.id,),
        expected="a day of the future, after the day of the deprecation",
        seen=shown,
        level=level,
        ask="Until when does this really work? Correct the date.",
        build="Take the earlier of the two days for the end, and move before it.",
    )


sunset_plausible.healthy(Aged, document=AGED)


@sunset_plausible.broken(document=AGED)
class Backwards(Aged):
    """Ends before it begins to end."""

    until = "Mon, 01 Dec 2025 00:00:00 GMT"


@sunset_plausible.broken(document=AGED)
class Undead(Aged):
    """Was to be gone long ago."""

    since, until = "@1577836800", "Fri, 01 Jan 2021 00:00:00 GMT"
