"""``back(s, t)`` is what the contract makes of it: an absolute check beside the round trips."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verifier.mapping.testing.court import Court
from verifier.mapping.testing.law import Asking, Law, Outward, Record, broken
from verifier.mapping.testing.trips import Trip, source_differences
from verifier.mapping.testing.violation import Violation

__all__ = ["LAW"]

FORMULA = "back(s, t) = the contract's"


def _judge(
    trip: Trip, made: Record, outward: Outward, back: Asking, court: Court
) -> Iterator[Violation]:
    done = court.executor.back(dict(trip.source) if trip.source else None, trip.edited)
    if done.target is None:
        return
    new = trip.source is None
    for where in source_differences(court, done.target, made, null_is_absent=new):
        found = broken(FORMULA, where.path, where.kind, where.expected, where.actual)
        yield replace(found, oracle="D")


LAW = Law(formula=FORMULA, judge=_judge)
