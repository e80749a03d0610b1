"""``back`` leaves alone what only the source has."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.sameness import differences
from verifier.mapping.testing.court import Court
from verifier.mapping.testing.law import Asking, Law, Outward, Record, broken
from verifier.mapping.testing.trips import Trip
from verifier.mapping.testing.violation import Violation

__all__ = ["LAW"]

FORMULA = "back(s, t) keeps what only s has"


def _judge(
    trip: Trip, made: Record, outward: Outward, back: Asking, court: Court
) -> Iterator[Violation]:
    if trip.source is None:
        return
    mapped = {path.names[0] for rule in court.rules.values() for path in rule.sources}
    own = {name: value for name, value in trip.source.items() if name not in mapped}
    kept = {name: value for name, value in made.items() if name not in mapped}
    for where in differences(own, kept):
        yield broken(FORMULA, where.path, where.kind, where.expected, where.actual)


LAW = Law(formula=FORMULA, judge=_judge)
