"""
Take the day of an instant in a zone: ``{date_in: Europe/Paris}``.

The day depends on the zone for one instant in twelve or more; the time of day is lost.
"""

from __future__ import annotations

from datetime import date, datetime

from verifier.mapping.operations.operation import Nature, Operation, Step
from verifier.mapping.trouble import Invalid
from verifier.mapping.zones import ZONE, zone_of

__all__ = ["OPERATION"]


def _make(name: str) -> Step:
    zone = zone_of(name)

    def step(instant: datetime) -> date:
        try:
            return instant.astimezone(zone).date()
        except OverflowError:
            raise Invalid("lies outside of the years 1 to 9999 there") from None

    return step


OPERATION = Operation(
    nature=Nature.LOSSY,
    takes=("datetime",),
    gives="date",
    argument=ZONE,
    needs_argument=True,
    make=_make,
    reason="time of day",
)
