"""``back(s, fwd(s)) ~ s``: what nobody has changed comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.testing.court import Court
from verifier.mapping.testing.law import Asking, Law, Outward, Record, broken
from verifier.mapping.testing.trips import Trip, source_differences
from verifier.mapping.testing.violation import Violation

__all__ = ["LAW"]

FORMULA = "back(s, fwd(s)) ~ s"


def _judge(
    trip: Trip, made: Record, outward: Outward, back: Asking, court: Court
) -> Iterator[Violation]:
    if trip.changed or trip.source is None:
        return
    for where in source_differences(court, trip.source, made):
        yield broken(FORMULA, where.path, where.kind, where.expected, where.actual)


LAW = Law(formula=FORMULA, judge=_judge)
