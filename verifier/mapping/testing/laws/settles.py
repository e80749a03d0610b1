"""A second cycle changes nothing: ``back(s', fwd(s')) ~ s'`` with ``s' = back(s, t)``."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.mapping.testing.court import Court
from verifier.mapping.testing.law import Asking, Law, Outward, Record, broken
from verifier.mapping.testing.trips import Trip, source_differences
from verifier.mapping.testing.violation import Violation

__all__ = ["LAW"]

FORMULA = "back(s', fwd(s')) ~ s' with s' = back(s, t)"
CYCLES = 2


def _judge(
    trip: Trip, made: Record, outward: Outward, back: Asking, court: Court
) -> Iterator[Violation]:
    settled = made
    for _ in range(CYCLES):
        target = outward(dict(settled)).value
        again = back(settled, target).value if isinstance(target, dict) else None
        if not isinstance(again, dict):
            return
        for where in source_differences(court, settled, again):
            yield broken(FORMULA, where.path, f"{where.kind} again", where.expected, where.actual)
        settled = again


LAW = Law(formula=FORMULA, judge=_judge)
